import { z } from 'zod'
import { tones } from '#ledger'
import type { Db } from '#platform'
import { parseQuery, problemText, valuesOf } from '#search'
import type { SettingsKind, SettingsProblem } from '#settings'

const isoDay = z.iso.date()

/** Texts that a person may choose between; those of the law are not tried out on anybody. */
const wording = /^reminder_(?:first|second)(?:\.[a-z0-9_]+)?$/

const variant = z.strictObject({
  template: z
    .string()
    .regex(wording, 'must be reminder_first or reminder_second, or a wording of one such as reminder_first.short')
    .optional()
    .describe('The text, or a wording of it from templates'),
  tone: z.enum(tones).optional().describe('How it sounds; debtors with a tone of their own are left out then'),
  attachInvoices: z.boolean().optional().describe('Whether copies of the invoices go with a mail'),
  paymentLink: z.boolean().optional().describe('false: without the page to pay on that paymentLinks gives'),
})

const experiment = z
  .strictObject({
    title: z.string().trim().min(1).max(120).describe('What is tried, as people call it'),
    workflow: z.string().min(1).describe('The workflow whose step is tried'),
    step: z.string().min(1).describe('Name of the step: one that writes'),
    only: z.string().min(1).optional().describe('Search text that a debtor must match: segment:private'),
    from: isoDay.describe('The first day'),
    until: isoDay.optional().describe('The last day on which debtors come in'),
    debtors: z.int().min(20).max(1_000_000).optional().describe('How many debtors are planned, both variants together; then no more come in'),
    within: z.literal([7, 14, 30]).default(14).describe('What decides: the share of debtors that paid everything they were asked for within so many days'),
    variants: z
      .strictObject({ a: variant.prefault({}), b: variant })
      .describe('What the step does otherwise than the workflow says; half of the debtors get each'),
    stopped: z.boolean().default(false).describe('Ends it before its plan is fulfilled; it never has a verdict then'),
  })
  .superRefine(({ from, until, debtors, only, variants }, context) => {
    const fault = (path: string[], message: string, params: object) => context.addIssue({ code: 'custom', path, message, params })
    if (until === undefined && debtors === undefined)
      fault([], 'has no planned end', { remedy: 'Add until: and a day, or debtors: and how many there are to be.' })
    if (until !== undefined && until < from) fault(['until'], 'lies before its first day', { remedy: 'Give it a later day.' })
    if (JSON.stringify(sorted(variants.a)) === JSON.stringify(sorted(variants.b)))
      fault(['variants', 'b'], 'is the same as a', { remedy: 'Say what b does otherwise.' })
    const query = only === undefined ? undefined : parseQuery(only)
    if (query?.kind !== 'problem') return
    const remedy = 'Try it with `duncan find` first; its --help lists the fields.'
    fault(['only'], problemText(query.problem), { remedy, line: 1, column: query.problem.start + 1 })
  })

const schema = z
  .record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be lower case letters, digits and dashes'), experiment)
  .superRefine((section, context) => {
    const all = Object.entries(section).filter(([, { stopped }]) => !stopped)
    all.forEach(([key, one], index) => {
      const other = all.slice(0, index).find(([, earlier]) => meet(one, earlier))
      if (!other) return
      const params = { remedy: 'Begin it when the other one has ended: an action can be part of one alone.' }
      context.addIssue({ code: 'custom', path: [key, 'from'], message: `tries the same step as ${other[0]} at the same time`, params })
    })
  })
  .describe('Tests of two variants of a step, on halves of its debtors: docs/dunning.md')

export type Experiments = z.output<typeof schema>
export type Experiment = Experiments[string]
export type Variant = Experiment['variants']['a']

/** What of an experiment is fixed once its first debtor came in. */
export type ExperimentPlan = Omit<Experiment, 'title' | 'stopped'>

/** An experiment as it is stored. */
export const experimentSchema = experiment

/** Tests of two variants of a step. */
export const experimentsKind = {
  name: 'experiments',
  schema,
  references: section =>
    Object.entries(section).flatMap(([key, { workflow, step, only, variants, stopped }]) => [
      { path: [key, 'workflow'], kind: 'workflows', key: workflow },
      // One that was stopped may name a step that is gone.
      ...(stopped ? [] : [{ path: [key, 'step'], kind: 'workflows', key: workflow, part: step }]),
      ...segmentsIn(only).map(segment => ({ path: [key, 'only'], kind: 'segments', key: segment })),
      ...(['a', 'b'] as const).flatMap(name => {
        const { template = '' } = variants[name]
        return template.includes('.') ? [{ path: [key, 'variants', name, 'template'], kind: 'templates', key: template }] : []
      }),
    ]),
  check: unchangedPlans,
} satisfies SettingsKind<typeof schema>

/** The plan of an experiment that has begun is not changed: who looks at figures first and sets the end afterwards finds what they look for. */
async function unchangedPlans(db: Db, section: Experiments): Promise<SettingsProblem[]> {
  const begun = await db.experiment.findMany({ where: { key: { in: Object.keys(section) } }, orderBy: { key: 'asc' } })
  return begun.flatMap(({ key, plan }) => {
    const wanted = section[key]
    if (!wanted || planText(wanted) === planText(experiment.parse(plan))) return []
    return [
      {
        path: [key],
        message: 'has begun, and its plan is changed',
        remedy: 'Leave its plan as it was; stop it with stopped: true, and begin another one under a new name.',
      },
    ]
  })
}

function planText({ title: _title, stopped: _stopped, variants, ...plan }: Experiment): string {
  return JSON.stringify({ ...sorted(plan), variants: { a: sorted(variants.a), b: sorted(variants.b) } })
}

/** In an order that does not depend on who wrote it, without what is left open. */
const sorted = (object: object): object =>
  Object.fromEntries(
    Object.entries(object)
      .filter(([, value]) => value !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )

const meet = (one: Experiment, other: Experiment): boolean =>
  one.workflow === other.workflow && one.step === other.step && one.from <= (other.until ?? '9999-12-31') && other.from <= (one.until ?? '9999-12-31')

function segmentsIn(only = ''): string[] {
  const query = parseQuery(only)
  return query.kind === 'parsed' ? query.segments.flatMap(({ test }) => valuesOf(test)).map(key => key.toLowerCase()) : []
}
