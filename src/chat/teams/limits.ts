/** What Teams takes, or what Duncan holds itself to; sizes in bytes of UTF-8 JSON, lengths in UTF-16 units. */
export const limits = {
  /** A whole card. Teams refuses messages from about 28 KB on; its documentation names several limits, this is the lowest. */
  cardSize: 27_000,
  /** The card in its channel is read in passing: what is more than this is in its thread. */
  postSize: 12_000,
  /** The least part of a card. With the head and the buttons at their largest a part fits into any card. */
  pieceSize: 6000,
  pieceLength: 1400,
  /** A text to edit; a longer one is only shown. */
  fieldSize: 14_000,
  title: 300,
  label: 200,
  buttonText: 80,
  /** What a button carries, as JSON. */
  pressSize: 1500,
  confirmText: 300,
  /** Buttons in a row: more than six are not drawn on a phone. */
  rowOfButtons: 6,
  /** All buttons at the foot of a card, those behind its menu among them. */
  footSize: 4000,
  /** A chart as it stands on the neutral card, whose figures are drawn twice: as bars and in words. */
  chartSize: 1800,
  chartPoints: 20,
  /** A picture that stands in the card itself, in bytes. */
  pictureSize: 12_000,
  choices: 100,
  tableColumns: 8,
  fallback: 500,
  id: 255,
} as const

/** What something takes up in a message, in bytes. */
export const sizeOf = (json: unknown): number => Buffer.byteLength(JSON.stringify(json))
