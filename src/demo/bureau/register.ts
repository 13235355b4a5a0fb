import { type BureauCompany, digits, ratingOf } from './company.ts'
import { ruleFor } from './event-rules.ts'

type RegisterEvent = {
  id: number
  companyId: string
  ruleCode: number
  ruleName: string
  oldValue: string | null
  newValue: string | null
  /** ISO moments: when it happened, when the bureau stored it. */
  eventDate: string
  createdDate: string
}

/** What changes about a company, and how; a change to `gone` takes it out of the register. Its numbers stay. */
export type Change = Partial<Omit<BureauCompany, 'id' | 'registrationNumber' | 'vatNumber'>> | 'gone'

/** The sandbox's companies and what happened to them. */
export type Register = {
  companies: Map<string, BureauCompany>
  events: RegisterEvent[]
  /** The companies whose number may begin with these letters and digits. */
  numbered: (start: string) => Iterable<BureauCompany>
  /** Carries a change out and stores the events that the bureau has rules for; `at`: ISO moment. Throws for a company that is not there. */
  change: (companyId: string, change: Change, at: string) => void
}

export function createRegister(companies: Iterable<BureauCompany>): Register {
  const byId = new Map([...companies].map(company => [company.id, { ...company }]))
  const byStart = Map.groupBy(byId.values(), ({ registrationNumber }) => startOf(digits(registrationNumber)))
  const events: RegisterEvent[] = []
  return {
    companies: byId,
    events,
    // Ten thousand companies looked up one by one must not be compared with ten thousand each.
    numbered: start => (start.length < startLength ? byId.values() : (byStart.get(startOf(start)) ?? []).filter(({ id }) => byId.has(id))),
    change: (companyId, change, at) => {
      const company = byId.get(companyId)
      if (!company) throw new RangeError(`the sandbox has no company ${companyId}`)
      if (change === 'gone') {
        byId.delete(companyId)
        return
      }
      const before = { ...company }
      Object.assign(company, change, { lastEventAt: at })
      const tell = (about: Parameters<typeof ruleFor>[0], oldValue: string | null, newValue: string | null) => {
        const rule = ruleFor(about, company.country)
        if (!rule || oldValue === newValue) return
        const [ruleName = ''] = rule.name.split(' | ')
        const told = { ruleCode: rule.ruleCode, ruleName, oldValue, newValue, eventDate: at.replace('Z', ''), createdDate: at }
        events.push({ id: 70_000 + events.length, companyId, ...told })
      }
      tell('rating', ratingOf(before), ratingOf(company))
      tell('limit', limitText(before), limitText(company))
      tell('judgments', String(before.judgments), String(company.judgments))
      tell('privileges', String(before.privileges), String(company.privileges))
      tell('insolvency', before.statusDescription, company.statusDescription)
    },
  }
}

const startLength = 8
const startOf = (number: string): string => number.slice(0, startLength)

const limitText = ({ creditLimit }: BureauCompany): string | null => (creditLimit === undefined ? null : String(creditLimit))
