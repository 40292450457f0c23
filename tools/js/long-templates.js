// A template longer than 25 lines is a part that has not got its name yet.

import { readFileSync } from 'node:fs';
import ts from 'typescript';

const MOST = 25;

/** The outermost templates of a file, as [first line, lines]. @param {string} file */
function templatesOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const line = (at) => source.getLineAndCharacterOfPosition(at).line + 1;
  const found = [];
  const visit = (node) => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'html')
      found.push([line(node.getStart()), line(node.end) - line(node.getStart()) + 1]);
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const long = process.argv
  .slice(2)
  .flatMap((file) =>
    templatesOf(file).flatMap(([at, lines]) => (lines > MOST ? [`${file}:${at} (${lines} lines)`] : [])),
  );
if (long.length) {
  console.error(`Templates over ${MOST} lines, to be cut into parts:\n${long.join('\n')}`);
  process.exit(1);
}
