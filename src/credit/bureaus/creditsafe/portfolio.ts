import type { Temporal } from 'temporal-polyfill'
import { BureauError, type BureauEvent, type ListedCompany, type Portfolio } from '../bureau.ts'
import type { Ask } from './connection.ts'
import { switchRulesOn } from './event-rules.ts'
import { readMoment } from './read-report.ts'
import { readMoney, readRating, readScore, readText } from './read-value.ts'
import { eventsSchema, listedCompaniesSchema, parseBody, portfolioBodySchema, portfoliosBodySchema } from './wire.ts'

const pageSize = 1000
/** Of a million companies. A server whose pages never end must not keep the night busy. */
const mostPages = 1000

/** Duncan's own portfolio at Creditsafe: made once, found again by its name, kept free of mails. */
export function createPortfolio(ask: Ask, name: string): Portfolio {
  let known: Promise<number> | undefined
  const find = async (): Promise<{ id: number; isDefault: boolean; mails: number } | undefined> => {
    for await (const { portfolioId, name: other, isDefault, emails } of pages(portfolioRows)) {
      if (other === name) return { id: portfolioId, isDefault: isDefault ?? false, mails: emails?.length ?? 0 }
    }
    return undefined
  }
  const portfolioRows = async (page: number) => {
    const body = parseBody(
      portfoliosBodySchema,
      await ask('portfolios', 'monitoring/portfolios', { search: { searchQuery: name, page, pageSize } }),
      'the portfolios',
    )
    const rows = body.data.portfolios
    return { rows, next: rows.length === pageSize ? page + 1 : undefined }
  }
  const make = async (): Promise<number> => {
    const json = { name, isDefault: false, emails: [], frequency: '0' }
    return parseBody(portfolioBodySchema, await ask('portfolio.create', 'monitoring/portfolios', { method: 'post', json, again: 'never' }), 'the new portfolio')
      .portfolioId
  }
  const id = (): Promise<number> =>
    (known ??= find()
      .then(found => found?.id ?? make())
      .catch((error: unknown) => {
        known = undefined
        throw error
      }))
  const path = async (...parts: string[]): Promise<string> => ['monitoring/portfolios', await id(), ...parts.map(encodeURIComponent)].join('/')

  return {
    ensure: async () => {
      const corrected: ('portfolio' | 'mails' | 'rules')[] = []
      const found = await find()
      known = Promise.resolve(found?.id ?? (await make()))
      if (!found) corrected.push('portfolio')
      // Companies of every report that anybody orders join the default portfolio, which may mail: ours must not be it.
      if (found && (found.mails > 0 || found.isDefault)) {
        await ask('portfolio.silence', await path(), { method: 'patch', json: { name, isDefault: false, emails: [], frequency: '0' } })
        corrected.push('mails')
      }
      if (await switchRulesOn(ask, await path())) corrected.push('rules')
      return { corrected }
    },
    companies: async function* () {
      const own = await path('companies')
      const rows = async (page: number) => {
        const { data, paging } = parseBody(listedCompaniesSchema, await ask('portfolio.list', own, { search: { page, pageSize } }), 'the companies')
        return { rows: data, next: paging?.next ?? undefined }
      }
      for await (const row of pages(rows)) yield readListed(row)
    },
    add: async (companyId, reference) => {
      try {
        const json = { id: companyId, personalReference: reference, freeText: '', personalLimit: '' }
        await ask('portfolio.add', await path('companies'), { method: 'post', json })
        return 'added'
      } catch (error) {
        if (error instanceof BureauError && error.problem === 'conflict') return 'added'
        if (error instanceof BureauError && error.problem === 'unknown') return 'unknown'
        throw error
      }
    },
    remove: async companyId => {
      try {
        await ask('portfolio.remove', await path('companies', companyId), { method: 'delete' })
      } catch (error) {
        if (!(error instanceof BureauError) || error.problem !== 'unknown') throw error
      }
    },
    events: async function* (since: Temporal.Instant) {
      const own = await path('notificationEvents')
      // By the day on which Creditsafe stored it: an event may be told days after it happened.
      const range = { startDate: since.toString({ smallestUnit: 'second' }), filterByCreatedDate: true, sortBy: 'eventId', sortDir: 'asc' }
      const rows = async (page: number) => {
        const { data, paging } = parseBody(eventsSchema, await ask('portfolio.events', own, { search: { ...range, page, pageSize } }), 'the events')
        return { rows: data, next: paging?.next ?? undefined }
      }
      for await (const row of pages(rows)) yield readEvent(row)
    },
  }
}

/** Each row of all pages, which are counted from 0. A page that names itself or an earlier one as the next ends the reading. */
async function* pages<Row>(read: (page: number) => Promise<{ rows: Row[]; next: number | undefined }>): AsyncIterable<Row> {
  let page = 0
  for (let count = 0; count < mostPages; count++) {
    const { rows, next } = await read(page)
    yield* rows
    if (next === undefined || next <= page || rows.length === 0) return
    page = next
  }
  throw new BureauError('unreadable', `Creditsafe's list has more than ${mostPages} pages`)
}

type ListedRow = ReturnType<typeof listedCompaniesSchema.parse>['data'][number]
type EventRow = ReturnType<typeof eventsSchema.parse>['data'][number]

function readListed({ id, name, countryCode, creditLimit, ratingCommon, ratingLocal, companyStatus, dateLastEvent }: ListedRow): ListedCompany {
  return {
    companyId: id,
    country: (countryCode ?? id.slice(0, 2)).toUpperCase(),
    values: [
      ...readScore({ value: ratingLocal }),
      ...readRating(ratingCommon),
      ...readMoney('credit_limit', { value: creditLimit }),
      ...readText('status', companyStatus, companyStatus?.toUpperCase()),
      ...readText('name', name),
    ],
    lastEventAt: dateLastEvent ?? undefined,
  }
}

function readEvent({ company, notificationEventId, eventDate, processedDate, oldValue, newValue, ruleCode, ruleName }: EventRow): BureauEvent {
  const happenedAt = readMoment(eventDate)
  if (!happenedAt) throw new BureauError('unreadable', `Creditsafe's event ${notificationEventId} has no readable date`)
  return {
    id: notificationEventId,
    companyId: company.id,
    companyName: company.name ?? company.id,
    country: (company.countryCode ?? company.id.slice(0, 2)).toUpperCase(),
    rule: [ruleCode, ruleName].filter(Boolean).join(' '),
    oldValue: oldValue ?? null,
    newValue: newValue ?? null,
    happenedAt,
    mailedAt: processedDate ?? null,
  }
}
