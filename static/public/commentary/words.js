/* Counts words exactly as commentary/words.py does; tests/commentary/word_counts.json holds both to it. */

const SPACE = /[\s\u001c-\u001f\u0085\u00a0\u200b\u2028\u2029\ufeff]+/gu;
const UNSPACED =
  /[\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff6f\uff71-\uff9d\u{20000}-\u{323af}]/gu;
const SPOKEN = /[\p{L}\p{N}]/u;

export function count(text) {
  const spaced = text.normalize("NFC").replace(SPACE, " ").replace(UNSPACED, " $& ");
  return spaced.split(" ").filter((token) => SPOKEN.test(token)).length;
}
