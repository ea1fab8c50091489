import { transliterate } from 'transliteration';

/**
 * Where the library has no letter, or the wrong one: letters of the peoples of Russia and the CIS, of Old Cyrillic, of
 * Georgian (the national system), and a few Latin ones. Small letters; each entry is a letter and its Latin.
 */
const ours = new Map(
  `ә a ӛ a ə a ѐ e ӗ e ҙ z җ j ҷ j ҹ j ҩ o ӏ i ҋ y ӆ l ӊ n ӎ m ӷ g ӻ g ӽ kh ӿ kh ԥ p ҧ p ԁ d ԃ dj ԅ z ԇ dz ԉ l ԋ n ԍ s ԏ t
   ԑ e ԓ l ԕ lkh ԗ rkh ԙ ya ԛ q ԝ w ԟ k ԡ l ԣ n ԧ h ԩ n ԫ dz ԭ dch ԯ l Ᲊ t ᲊ t ᴫ l ᵸ n
   ꙁ z ꙃ dz ꙅ dz ꙇ i ꙉ dj ꙋ u ꙍ o ꙑ y ꙓ e ꙕ yu ꙗ ya ꙙ e ꙛ e ꙝ ie ꙟ in ꙡ ts ꙣ d ꙥ l ꙧ m ꙩ o ꙫ o ꙭ o ꙮ o
   ꚁ dv ꚃ dzv ꚅ zhv ꚇ ch ꚉ dz ꚋ t ꚍ tv ꚏ tsv ꚑ ts ꚓ ch ꚕ hv ꚗ shv ꚙ o ꚛ o
   և ev ՠ a ֈ y ღ gh ძ dz ც ts წ ts ხ kh ჲ y ჳ w ჷ e ჸ a ჹ g ჺ a ჽ e ჼ n ჾ h ჿ a ⴧ e ⴭ a
   ǝ a ⱥ a ⱦ t ẜ s ẝ s ẟ d ỻ ll ỽ v ỿ y`
    .match(/\S+ \S+/g)!
    .map((pair) => pair.split(' ') as [string, string]),
);

/** Of some old hands the library knows the capitals only. */
const byLibrary = (letter: string): string =>
  [letter, letter.toUpperCase()].map((one) => transliterate(one).replace(/[^A-Za-z0-9]/g, '')).find(Boolean) ?? '';

/** One small letter of each pair, whatever form it came in: a capital, an old hand, a ligature. */
const folded = (letter: string): string => letter.toUpperCase().toLowerCase();
/** A letter with marks that nobody knows is the letter without them. */
const bare = (letter: string): string => letter.normalize('NFKD').replace(/\p{M}/gu, '');

const asWritten = (letter: string): string => ours.get(letter) ?? byLibrary(letter);
const eachOf = (letters: string, write: (letter: string) => string): string => [...letters].map(write).join('');

const met = new Map<string, string>();
function latinOf(letter: string): string {
  let written = met.get(letter);
  if (written === undefined) {
    written = ours.get(letter) ?? eachOf(folded(letter), (part) => asWritten(part) || eachOf(bare(part), asWritten));
    met.set(letter, written);
  }
  return written;
}

/** Two letters of Armenian that are one. */
const armenianU = /[Ոո][Ււ]/g;
const dash = /\p{Pd}/gu;

/**
 * The text in Latin letters and digits; what is ASCII stays as it is. Dashes of all kinds become `-`; whatever has no
 * Latin letter (a sign, a mark, an emoji) is dropped, never written as a sign of another meaning.
 */
export function latin(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text
    .normalize('NFC')
    .replace(dash, '-')
    .replace(armenianU, 'u')
    .replace(/[^ -~]+/gu, (run) => (/\p{Script=Han}/u.test(run) ? hanzi(run) : eachOf(run, latinOf)));
}

/** Readings of one name are words apart, and depend on each other. */
const hanzi = (run: string): string =>
  transliterate(run)
    .replace(/[^A-Za-z0-9 ]/g, '')
    .trim();
