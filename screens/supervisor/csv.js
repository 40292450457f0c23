// @ts-check
// Rows as a CSV file for a spreadsheet.

/**
 * @param {string} name of the file
 * @param {string[]} header
 * @param {(string | number | null)[][]} rows
 */
export function downloadCsv(name, header, rows) {
  // The byte order mark tells spreadsheets that it is UTF-8.
  const text = `\uFEFF${[header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
  const link = Object.assign(document.createElement('a'), {
    href: URL.createObjectURL(new Blob([text], { type: 'text/csv' })),
    download: name,
  });
  link.click();
  URL.revokeObjectURL(link.href);
}

/**
 * A leading =, +, - or @ is quoted: a spreadsheet must not run what a customer typed.
 * @param {string | number | null} value
 */
function cell(value) {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
