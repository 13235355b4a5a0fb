import { join } from 'node:path'
import { type Context, Liquid, type LiquidOptions } from 'liquidjs'
import { type DraftLanguage, shortDay, writtenDay, writtenList, writtenMoney, writtenPercentage } from './language.ts'

type Money = { amount: string; currency: string }

export const templatesFolder = join(import.meta.dirname, 'templates')

/** For the templates that Duncan ships. */
export const shippedLiquid = createLiquid({ root: templatesFolder, extname: '.liquid', cache: true })

/** For texts that people write: they can name no file, and what they unfold is limited. */
export const ownLiquid = createLiquid({ templates: {}, parseLimit: 20_000, renderLimit: 1_000, memoryLimit: 1_000_000 })

const languageOf = (filter: { context: Context }) => filter.context.getSync(['language']) as DraftLanguage

function createLiquid(options: LiquidOptions): Liquid {
  const liquid = new Liquid({ ...options, strictFilters: true })
  // A slot that is not filled writes nothing: whose own text forgot to ask for it still gets a mail to look at.
  liquid.registerFilter('day', function (day: string | null | undefined) {
    return day ? writtenDay(languageOf(this), day) : ''
  })
  liquid.registerFilter('shortDay', function (day: string | null | undefined) {
    return day ? shortDay(languageOf(this), day) : ''
  })
  // Amounts of several currencies are written as a list.
  liquid.registerFilter('money', function (money: Money | Money[] | null | undefined) {
    const language = languageOf(this)
    const amounts = money ? [money].flat() : []
    const written = amounts.map(({ amount, currency }) => writtenMoney(language, amount, currency))
    return writtenList(language, written)
  })
  liquid.registerFilter('percent', function (percentage: string | null | undefined) {
    return percentage ? writtenPercentage(languageOf(this), percentage) : ''
  })
  liquid.registerFilter('list', function (items: string[] | null | undefined) {
    return items ? writtenList(languageOf(this), items) : ''
  })
  liquid.registerFilter('widest', (items: string[], title: string) => Math.max(title.length, ...items.map(item => item.length)))
  liquid.registerFilter('cell', (text: string, width: number) => text.padEnd(width))
  liquid.registerFilter('right', (text: string, width: number) => text.padStart(width))
  return liquid
}
