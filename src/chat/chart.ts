import type { CardElement } from './card.ts'

type Chart = Extract<CardElement, { type: 'chart' }>

/** A point with the sizes of its bars, one for each series. */
export type Bars = { label: string; sizes: number[] }[]

/**
 * The bars of a chart, as numbers for drawing alone: amounts are told by their texts. Undefined where a picture of bars would tell
 * nothing or something wrong: all is nothing, or something is negative.
 */
export function barsOf({ series, points }: Chart): Bars | undefined {
  const bars = points.map(({ label, values }) => ({ label, sizes: series.map((_name, index) => Number(values[index]?.value ?? 0)) }))
  const sizes = bars.flatMap(point => point.sizes)
  return sizes.some(size => size > 0) && sizes.every(size => size >= 0) ? bars : undefined
}

/** A chart in words: for each series the texts of its points, those that are nothing left out unless all are. */
export const chartLines = ({ series, points }: Chart): { name: string; facts: { label: string; value: string }[] }[] =>
  series.map((name, index) => {
    const facts = points.flatMap(({ label, values }) => (values[index] ? [{ label, value: values[index].text, size: Number(values[index].value) }] : []))
    const some = facts.filter(({ size }) => size !== 0)
    return { name, facts: (some.length > 0 ? some : facts).map(({ label, value }) => ({ label, value })) }
  })
