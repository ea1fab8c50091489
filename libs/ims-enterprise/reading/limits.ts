/** What no file of the format comes near, and a hostile one goes beyond. */
export const limits = {
  /** 1C:University of the largest universities would not fill it. */
  fileBytes: 4 * 1024 ** 3,
  /** The format itself is nine deep; the rest is for what stands in an extension. */
  depth: 64,
  /** A tag, a text, a comment or a document type, in characters. */
  piece: 1_000_000,
  /** Of one person, group or member. */
  elementsOfRecord: 5_000,
  charactersOfRecord: 500_000,
  /** Of a code or a login, in characters. */
  code: 255,
};
