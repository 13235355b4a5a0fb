import { type DraftLanguage, type PrintedTransfer, shortDay, writtenDay, writtenMoney } from '#drafting'
import type { PayItem, PayTotal } from '#payments'
import { Html, html } from './html.ts'
import { style } from './style.ts'
import { type PortalWords, portalWords } from './words/index.ts'

/** What came of what the debtor did before they see the page. */
export type PayNote = 'paid' | 'notPaid' | 'waiting' | 'changed' | 'unavailable'

/** A page to pay on. Amounts are Decimals in their currency; `ways`: as the provider calls them. */
export type PayPage = {
  language: DraftLanguage
  creditor: { name: string; address: readonly string[]; companyNumber: string | null }
  customer: { name: string; number: string }
  /** Where this page is, and what it shows: all that is open, or what its message is about. */
  path: string
  all: boolean
  /** Whether there is another view of it. */
  hasBoth: boolean
  /** Undefined while the ledger is too old to tell amounts from. */
  items: readonly PayItem[] | undefined
  /** Interest and costs that its message claims. */
  charges: PayTotal | undefined
  totals: readonly PayTotal[]
  isOnline: boolean
  ways: readonly string[]
  transfer: PrintedTransfer | undefined
  /** Its QR code, a PNG in base64. */
  code: string | undefined
  note: PayNote | undefined
  /** What the same message asks of others of its central file: each is paid by itself. */
  beside: readonly PayBeside[]
}

/** Another debtor whom the message asks, with its own page. */
export type PayBeside = Pick<PayPage, 'customer' | 'path' | 'totals' | 'ways'> & { creditor: string }

/** The whole page as HTML. */
export function payPage(page: PayPage): string {
  const words = portalWords[page.language]
  const { creditor, customer, items, note } = page
  const body = html`
    <header>
      <h1>${words.greeting(creditor.name)}</h1>
      <p class="soft">${words.customer(customer.number)} · ${customer.name}</p>
    </header>
    ${note && notice(note, words)}
    ${items === undefined ? html`<section class="note"><p>${words.stale}</p></section>` : asked(page, items, words)}
    ${footer(page, words)}`
  return document(page.language, words.title(creditor.name), body)
}

/** What stands where there is no page to pay on: one and the same, whatever is wrong with the link. */
export function plainPage(language: DraftLanguage, kind: 'gone' | 'wait'): string {
  const words = portalWords[language]
  const [title, more] = kind === 'gone' ? [words.gone, words.goneMore] : [words.wait, words.waitMore]
  return document(language, title, html`<header><h1>${title}</h1></header><section><p>${more}</p></section>`)
}

function document(language: DraftLanguage, title: string, body: Html): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body><main>${body}</main></body>
</html>
`.text
}

function notice(note: PayNote, words: PortalWords): Html {
  if (note === 'paid') return html`<section class="done" role="status"><h2>${words.paid}</h2><p>${words.paidMore}</p></section>`
  return html`<section class="note" role="status"><p>${words[note]}</p></section>`
}

function asked(page: PayPage, items: readonly PayItem[], words: PortalWords): Html {
  const { totals, all, note } = page
  const isDone = totals.length === 0
  return html`
    ${isDone && note !== 'paid' && html`<section class="done"><p>${words.nothing}</p></section>`}
    ${totals.map(total => html`<section>${payNow(page, total, words)}</section>`)}
    ${items.length > 0 && html`<section><h2>${all ? words.all : words.these}</h2>${table(page, items, words)}</section>`}
    ${seeOther(page, words)}
    ${!isDone && transferPart(page, words)}
    ${page.beside.length > 0 && html`<h2>${words.beside}</h2>`}
    ${page.beside.map(other => besidePart(page, other, words))}`
}

function besidePart({ language, isOnline }: PayPage, { customer, creditor, ...other }: PayBeside, words: PortalWords): Html {
  return html`<section><h2>${customer.name}</h2><p class="soft">${words.customer(customer.number)} · ${creditor}</p>
    ${other.totals.map(total => payNow({ ...other, language, isOnline, all: false }, total, words))}
    <p><a href="${other.path}">${words.seeBeside}</a></p></section>`
}

function payNow(
  { language, path, all, isOnline, ways }: Pick<PayPage, 'language' | 'path' | 'all' | 'isOnline' | 'ways'>,
  { currency, amount }: PayTotal,
  words: PortalWords,
): Html {
  const money = moneyOf(language, amount, currency)
  const form = html`<form method="post" action="${path}">
      <input type="hidden" name="currency" value="${currency}"><input type="hidden" name="amount" value="${amount.toFixed()}">
      ${all && html`<input type="hidden" name="all" value="1">`}<button>${words.pay(money)}</button>
    </form>
    <small>${ways.length > 0 ? `${ways.map(way => wayName(way, words)).join(' · ')}. ` : ''}${words.next}</small>`
  return html`<div class="total"><span>${words.total}</span><strong>${money}</strong></div>${isOnline && form}`
}

function table({ language, charges }: PayPage, items: readonly PayItem[], words: PortalWords): Html {
  return html`<table><thead><tr><th>${words.invoice}</th><th>${words.amount}</th></tr></thead><tbody>
    ${items.map(item => {
      const lines = [words.due(shortDay(language, item.dueDate)), ...remarks(language, item, words)]
      const amount = moneyOf(language, item.payable, item.currency)
      return html`<tr><td>${item.number}${lines.map(line => html`<small>${line}</small>`)}</td><td>${amount}</td></tr>`
    })}
    ${charges && html`<tr><td>${words.charges}<small>${words.chargesMore}</small></td><td>${moneyOf(language, charges.amount, charges.currency)}</td></tr>`}
  </tbody></table>`
}

function remarks(language: DraftLanguage, item: PayItem, words: PortalWords): string[] {
  const money = (amount: PayItem['open']) => moneyOf(language, amount, item.currency)
  return [
    item.isCreditNote && words.credit,
    item.payable.gt(0) && !item.payable.eq(item.open) && words.open(money(item.open)),
    item.disputed.gt(0) && words.disputed(money(item.disputed)),
    item.underway.gt(0) && words.underway(money(item.underway)),
    item.isInPlan && words.inPlan,
    item.isElsewhere && words.elsewhere,
    item.promisedOn !== undefined && item.payable.gt(0) && words.promised(writtenDay(language, item.promisedOn)),
  ].filter(remark => remark !== false)
}

function seeOther({ path, all, hasBoth }: PayPage, words: PortalWords): Html | false {
  if (!hasBoth) return false
  return all ? html`<p><a href="${path}">${words.seeThese}</a></p>` : html`<p><a href="${path}/all">${words.seeAll}</a></p>`
}

function transferPart({ transfer, code, isOnline }: PayPage, words: PortalWords): Html | false {
  if (!transfer) return false
  const lines: [string, string][] = [
    [words.holder, transfer.name],
    ['IBAN', grouped(transfer.iban)],
    ...(transfer.bic ? [['BIC', transfer.bic] as [string, string]] : []),
    [words.reference, transfer.printed],
  ]
  return html`<section><h2>${isOnline ? words.transfer : words.transferAlone}</h2><div class="transfer">
    <dl>${lines.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
    ${code !== undefined && html`<div class="code"><img src="data:image/png;base64,${code}" alt="${words.scan}" width="176" height="176"><small>${words.scan}</small></div>`}
  </div></section>`
}

function footer({ creditor: { name, address, companyNumber } }: PayPage, words: PortalWords): Html {
  const who = [name, ...address, ...(companyNumber === null ? [] : [companyNumber])]
  return html`<footer><p class="soft">${words.questions}</p><p class="soft">${who.join(' · ')}</p></footer>`
}

/** On one line, whatever the width. */
const moneyOf = (language: DraftLanguage, amount: PayItem['open'], currency: string) =>
  writtenMoney(language, amount.toFixed(), currency).replaceAll(' ', '\u00a0')

const grouped = (iban: string) => iban.replaceAll(/(.{4})(?=.)/g, '$1 ')

const names: Record<string, string> = {
  ideal: 'iDEAL',
  bancontact: 'Bancontact',
  paypal: 'PayPal',
  przelewy24: 'Przelewy24',
  blik: 'BLIK',
  applepay: 'Apple Pay',
  googlepay: 'Google Pay',
  kbc: 'KBC/CBC',
  belfius: 'Belfius',
  paybybank: 'Pay by Bank',
}

/** A way to pay by the name that people know. */
const wayName = (way: string, words: PortalWords): string => (way === 'creditcard' ? words.card : (names[way] ?? way))
