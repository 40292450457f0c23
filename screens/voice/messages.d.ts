// Written from the pydantic models by `make docs`; change those, not this file.
// docs/reference/voice-protocol.md explains them.

export interface Caption {
  type: "caption";
  speaker: "customer" | "agent" | "operator";
  text: string;
  is_final: boolean;
  leg_id: string | null;
  name: string | null;
}

export interface DeskLine {
  type: "line";
  is_held: boolean;
  is_recording: boolean;
  is_brief_playing: boolean;
  legs: Leg[];
}

export interface Dtmf {
  type: "dtmf";
  key: string;
}

export interface Ended {
  type: "ended";
  by: string;
  reason: string;
  goes_on_in_chat: boolean;
}

export interface Flush {
  type: "flush";
}

export interface HangUp {
  type: "hangup";
  keeps_chat?: boolean;
}

export interface Leg {
  leg_id: string;
  name: string;
  role: string;
  is_muted: boolean;
}

export interface LineState {
  type: "state";
  stage: string;
  line: string;
  operator_name: string | null;
  text: string;
}

export interface Mark {
  type: "mark";
  mark: string;
}

export interface Mute {
  type: "mute";
  is_muted: boolean;
}

export interface Opened {
  type: "started";
  conversation_id: string;
  token: string | null;
  call_id: string;
  agent_name: string;
  brand: string;
  is_recorded: boolean;
}

export interface Ping {
  type: "ping";
  id: number;
}

export interface Played {
  type: "played";
  mark: string;
}

export interface Pong {
  type: "pong";
  id: number;
}

export interface Problem {
  type: "problem";
  code: string;
  message: string;
}

export interface Recording {
  type: "recording";
  is_on: boolean;
}

export interface SkipBrief {
  type: "skip_brief";
}

export interface Start {
  type: "start";
  v: 1;
  rate_hz: number;
  frame_ms: number;
  conversation_id?: string | null;
  token?: string | null;
  captions?: boolean;
  name?: string | null;
  ticket?: string | null;
  wants_brief?: boolean;
}

export type FromDevice =
  | Start
  | Dtmf
  | Played
  | Mute
  | HangUp
  | Ping
  | SkipBrief;

export type ToDevice =
  | Opened
  | Mark
  | Flush
  | Caption
  | LineState
  | DeskLine
  | Recording
  | Problem
  | Pong
  | Ended;
