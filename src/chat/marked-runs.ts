/** A part of a text from `start` to `end`, in UTF-16 units. */
export type MarkedRun = { start: number; end: number; text: string; isMarked: boolean }

/** The parts of a text, those that are marked told from the others; put together they are the text. Marks may touch, overlap or lie outside. */
export function markedRuns(text: string, marks: readonly { start: number; end: number }[]): MarkedRun[] {
  const bounds = [...new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])])]
    .filter(at => at >= 0 && at <= text.length)
    .toSorted((a, b) => a - b)
  return bounds.slice(1).map((end, index) => {
    const start = bounds[index] ?? 0
    return { start, end, text: text.slice(start, end), isMarked: marks.some(mark => mark.start <= start && mark.end >= end) }
  })
}
