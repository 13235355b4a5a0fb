import { createRequire } from 'node:module'
import type { DraftLanguage } from '#drafting'
import type { Chart } from '../report.ts'

const require = createRequire(import.meta.url)
const family = 'DejaVu Sans'
const colors = ['#1f6f5c', '#d98e32', '#5b7fb5', '#9c4f66']

/** A chart's size in the points that it is drawn in; its picture has twice as many. */
export const chartSize = { width: 760, height: 250 } as const

/** A bar chart as a PNG. Its libraries take a third of a second to load: nobody waits for them who draws none. */
export async function drawChart({ title, labels, series }: Chart, language: DraftLanguage): Promise<Buffer> {
  const { init, use } = await import('echarts/core')
  const [{ BarChart }, { GridComponent, LegendComponent, TitleComponent }, { SVGRenderer }] = await Promise.all([
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ])
  use([BarChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer])
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...chartSize })
  const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 })
  const text = { fontFamily: family, color: '#3a4643', fontSize: 11 }
  const names = labels.map(label => (label.length > 26 ? `${label.slice(0, 25).toWellFormed()}…` : label))
  try {
    chart.setOption({
      animation: false,
      color: colors,
      textStyle: { fontFamily: family },
      title: { text: title, left: 0, top: 0, textStyle: { ...text, fontSize: 13, fontWeight: 'bold' } },
      legend: { show: series.length > 1, right: 30, top: 0, textStyle: text, data: series.map(({ name }) => name) },
      grid: { left: 8, right: 8, top: 40, bottom: 4, outerBoundsMode: 'same' },
      xAxis: {
        type: 'category',
        data: names,
        axisTick: { show: false },
        axisLabel: { ...text, fontSize: 10, interval: 0, width: Math.floor(620 / Math.max(1, names.length)), overflow: 'break' },
      },
      yAxis: {
        type: 'value',
        axisLabel: { ...text, fontSize: 10, formatter: (value: number) => short.format(value) },
        splitLine: { lineStyle: { color: '#e3e8e6' } },
      },
      series: series.map(({ name, values }) => ({
        type: 'bar',
        name,
        data: values,
        barMaxWidth: 42,
        label: {
          show: labels.length * series.length <= 14,
          position: 'top',
          ...text,
          fontSize: 9,
          formatter: ({ value }: { value: unknown }) => short.format(Number(value)),
        },
      })),
    })
    const svg = chart.renderToSVGString()
    const { Resvg } = await import('@resvg/resvg-js')
    const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map(name => require.resolve(`dejavu-fonts-ttf/ttf/${name}`))
    const picture = new Resvg(svg, { fitTo: { mode: 'zoom', value: 2 }, font: { fontFiles, loadSystemFonts: false, defaultFontFamily: family } })
    return picture.render().asPng()
  } finally {
    chart.dispose()
  }
}
