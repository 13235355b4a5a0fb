import type { KnownBlock } from '@slack/types'
import type { CardElement } from '../card.ts'
import { type Bars, barsOf, chartLines } from '../chart.ts'
import { limits } from './limits.ts'
import { clean, shorten, unbroken } from './text.ts'
import { type Run, richUnits, type Unit } from './unit.ts'

type Chart = Extract<CardElement, { type: 'chart' }>

/** A chart where Slack draws one, and its figures in words below. */
export function drawChart(chart: Chart): Unit[] {
  const title = richUnits([{ text: chart.title, bold: true }])
  const block = chartBlock(chart)
  const lines = chartLines(chart).map(({ name, facts }, index) => [
    ...(chart.series.length > 1 ? [{ text: `${index > 0 ? '\n' : ''}${name}: `, bold: true }] : []),
    ...facts.flatMap(({ label, value }, at): Run[] => [{ text: `${at > 0 ? '\u2003' : ''}${unbroken(label)}\u00a0` }, { text: unbroken(value), bold: true }]),
  ])
  return [...(block ? [{ block, flat: title }] : title), ...richUnits(lines.flat())]
}

/** Slack's chart, which is newer than the types of the SDK. */
export type ChartBlock = {
  type: 'data_visualization'
  title: string
  chart: { type: 'bar'; axis_config: { categories: string[] }; series: { name: string; data: { label: string; value: number }[] }[] }
}

/** A block as the chart that it is; undefined for every other. */
export const asChart = (block: KnownBlock): ChartBlock | undefined => {
  const drawn = block as KnownBlock | ChartBlock
  return drawn.type === 'data_visualization' ? drawn : undefined
}

/** Slack's chart; undefined where it would refuse it. */
function chartBlock(chart: Chart): KnownBlock | undefined {
  const bars = barsOf({ ...chart, points: chart.points.map(({ label, values }) => ({ label: clean(label).trim(), values })) })
  const title = clean(chart.title).trim()
  const names = chart.series.map(name => clean(name).trim() || shorten(title, limits.chartLabel))
  if (title === '' || !bars || !fits(bars, names)) return undefined
  const series = names.map((name, index) => ({ name, data: bars.map(({ label, sizes }) => ({ label, value: sizes[index] ?? 0 })) }))
  const drawn = { type: 'bar' as const, axis_config: { categories: bars.map(({ label }) => label) }, series }
  return { type: 'data_visualization', title: shorten(title, limits.chartTitle), chart: drawn } satisfies ChartBlock as unknown as KnownBlock
}

function fits(bars: Bars, names: string[]): boolean {
  const labels = bars.map(({ label }) => label)
  const isShort = [...labels, ...names].every(text => text !== '' && text.length <= limits.chartLabel)
  return isShort && bars.length <= limits.chartPoints && new Set(labels).size === labels.length && new Set(names).size === names.length
}
