/** A portfolio of the sandbox. It mails when it has somebody to mail to and a frequency other than 0. */
export type Portfolio = {
  id: number
  name: string
  isDefault: boolean
  emails: unknown[]
  frequency: string
  rules: EventRule[]
  companies: Map<string, Entry>
}

export type EventRule = { ruleCode: number; isActive: number; param0: string; param1: string; param2: string }

/** What its owner noted of a company in it. */
export type Entry = { personalReference: string | null; freeText: string | null; personalLimit: string | null; addedAt: string }
