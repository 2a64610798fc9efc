// Adds a language that nobody speaks to a built extension: English turned
// right to left, its words longer by two fifths. It shows what breaks in such
// a language, and is never shipped.
//
//     node tests/browser/pseudo.mjs FOLDER…

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const RTL_OVERRIDE = '\u202e';
const POP = '\u202c';
const RTL_MARK = '\u200f';

/** @param {string} message */
function mirrored(message) {
  return message.replace(/\$[A-Z]+\$|[\p{L}’]+/gu, (word) =>
    word.startsWith('$')
      ? word
      : RTL_MARK + RTL_OVERRIDE + word.replace(/[aeiou]/gi, '$&$&') + POP,
  );
}

for (const folder of process.argv.slice(2)) {
  const english = join(folder, '_locales/en/messages.json');
  const texts = JSON.parse(await readFile(english, 'utf8'));
  for (const entry of Object.values(texts)) {
    entry.message = mirrored(entry.message);
  }
  texts.language_code.message = 'ar-XB';
  texts.language_direction.message = 'rtl';
  const place = join(folder, '_locales/ar_XB');
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'messages.json'), JSON.stringify(texts));
}
