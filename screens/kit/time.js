// @ts-check
// Times and durations as people read them. Times arrive as ISO strings in UTC and are shown in local time.

import { locale } from './language.js';
import { strings } from './strings.js';

const clockFormat = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayFormat = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' });
const dateFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });

let aheadMs = 0;

/** Learn how far the server's clock is ahead of ours, so that countdowns agree with it. @param {string} serverNow */
export function learnServerTime(serverNow) {
  aheadMs = Date.parse(serverNow) - Date.now();
}

/** Now by the server's clock, in milliseconds. */
export const now = () => Date.now() + aheadMs;

/** Seconds since `iso`, never negative. @param {string} iso */
export const secondsSince = (iso) => Math.max(0, (now() - Date.parse(iso)) / 1000);

/** Seconds until `iso`, never negative. @param {string} iso */
export const secondsUntil = (iso) => Math.max(0, (Date.parse(iso) - now()) / 1000);

/** "14:02" @param {string} iso */
export const clock = (iso) => clockFormat.format(new Date(iso));

/** "Sat 22 Nov", or "Today" @param {string} iso */
export function day(iso) {
  const date = new Date(iso);
  return date.toDateString() === new Date(now()).toDateString() ? strings.time.today : dayFormat.format(date);
}

/** "22 Nov 2026" for an ISO date, the same day everywhere; any other text as it is. @param {string} text */
export function date(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return text;
  return dateFormat.format(new Date(`${text}T12:00:00`));
}

/** "Today 14:02" or "Sat 22 Nov 14:02" @param {string} iso */
export const dayAndClock = (iso) => `${day(iso)} ${clock(iso)}`;

/** A running timer: "0:07", "12:40", "1:02:09" @param {number} seconds */
export function timer(seconds) {
  const whole = Math.floor(seconds);
  const pair = (/** @type {number} */ value) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${pair(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${pair(minutes % 60)}:${pair(whole % 60)}`;
}

/** How long ago, short: "now", "4 min", "2 h", "3 d" @param {string} iso */
export function ago(iso) {
  const seconds = secondsSince(iso);
  if (seconds < 60) return strings.time.now;
  if (seconds < 3600) return strings.time.minutes(Math.floor(seconds / 60));
  if (seconds < 86_400) return strings.time.hours(Math.floor(seconds / 3600));
  return strings.time.days(Math.floor(seconds / 86_400));
}

/** A wait as one would say it: "less than a minute", "about 3 minutes" @param {number} seconds */
export function aboutMinutes(seconds) {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return strings.time.underAMinute;
  return minutes < 60 ? strings.time.aboutMinutes(minutes) : strings.time.aboutHours(Math.round(minutes / 60));
}
