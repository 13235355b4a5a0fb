import { z } from 'zod'
import { tones } from '#ledger'
import { parseQuery, problemText, valuesOf } from '#search'
import type { SettingsKind } from '#settings'
import { followBehaviours } from './step-grants.ts'

const stepName = z.string().regex(/^[a-z0-9][a-z0-9_]*$/, 'must be lower case letters, digits and underscores')

const after = z.strictObject({
  days: z.int().min(-60).max(730).describe('How many days later; below zero is before the due date'),
  from: z.enum(['due_date', 'previous_step']).default('due_date').describe('What the days are counted from'),
  working: z.boolean().default(false).describe('Counts working days, by the calendar of the administration'),
})

const step = z.strictObject({
  name: stepName.describe('Short name of the step, once in the workflow'),
  title: z.string().min(1).max(80).optional().describe('What people call the step; the names of the starter packs are said in each reader’s language'),
  type: z
    .enum(['email', 'letter', 'sms', 'call', 'internal', 'task', 'hand_over', 'risk_check'])
    .describe('What the step does; hand_over gives the file to a collection agency or lawyer, risk_check looks at the debtor’s credit risk'),
  after: after.describe('When the step is due'),
  behaviour: z
    .enum(['ask', 'send_after_undo', 'act'])
    .default('ask')
    .describe('Whether a person is asked, may still undo, or is only told; never above the ceiling in autonomy, and only for steps that write'),
  template: z.string().min(1).optional().describe('Name of the text, for steps that write'),
  tone: z.enum(tones).optional().describe('How the text sounds; a tone of the debtor’s own comes before it'),
  charges: z
    .enum(['none', 'announce', 'claim'])
    .default('none')
    .describe('Whether the text tells what delay will cost by law (announce), or asks for it (claim)'),
  attachInvoices: z.boolean().default(false).describe('Whether a mail carries copies of the invoices that it is about'),
  paymentLink: z.boolean().optional().describe('false: the text has no page to pay on, whatever paymentLinks says'),
  audience: z.enum(['external', 'internal']).default('external').describe('Whether the debtor or a colleague gets it'),
  conditions: z.string().min(1).optional().describe('Search text that the debtor must match, or the step is left out: overdue:>100 -dispute'),
})

const workflow = z
  .strictObject({
    title: z.string().min(1).describe('What people call the workflow'),
    administrations: z.array(z.string()).default([]).describe('Codes of the administrations it is for; without any it is for all'),
    minimumAmount: z
      .string()
      .regex(/^\d{1,15}(?:\.\d{1,3})?$/, 'must be an amount in quotes, such as "25.00"')
      .optional()
      .describe('Below this open amount (reporting currency) nothing is done'),
    patienceDays: z
      .int()
      .min(0)
      .max(30)
      .default(0)
      .describe('Who always pays within so many days after the due date is not asked before the day on which it usually pays'),
    absenceDays: z
      .int()
      .min(0)
      .max(30)
      .default(7)
      .describe('How long a mail waits for somebody who is away, where nobody else takes mail for the debtor; 0: not at all'),
    branches: z
      .array(
        z.strictObject({
          when: z.string().min(1).describe('Search text that the debtor must match: broken_promise'),
          to: stepName.describe('The step that its items go ahead to, never back'),
        }),
      )
      .max(10)
      .default([])
      .describe('Ways ahead: the first one that fits counts'),
    steps: z.array(step).min(1).max(50).describe('What is done, in this order'),
  })
  .superRefine(({ steps, branches }, context) => {
    const queryFault = (path: (string | number)[], text: string | undefined) => {
      const query = text === undefined ? undefined : parseQuery(text)
      if (query?.kind !== 'problem') return
      const params = { remedy: 'Try it with `duncan find` first; its --help lists the fields.', line: 1, column: query.problem.start + 1 }
      context.addIssue({ code: 'custom', path, message: problemText(query.problem), params })
    }
    branches.forEach(({ when, to }, index) => {
      queryFault(['branches', index, 'when'], when)
      if (steps.some(({ name }) => name === to)) return
      const params = { remedy: `Name one of its steps: ${steps.map(({ name }) => name).join(', ')}.` }
      context.addIssue({ code: 'custom', path: ['branches', index, 'to'], message: `is no step of this workflow: ${to}`, params })
    })
    steps.forEach(({ name, type, after: { days, from }, template, audience, conditions }, index) => {
      const fault = (path: string[], message: string, remedy: string) =>
        context.addIssue({ code: 'custom', path: ['steps', index, ...path], message, params: { remedy } })
      if (steps.findIndex(other => other.name === name) !== index) fault(['name'], `is used twice: ${name}`, 'Give each step a name of its own.')
      if (from === 'previous_step' && index === 0) fault(['after', 'from'], 'has no step before it', 'Count the first step from due_date.')
      if (from === 'previous_step' && days < 0) fault(['after', 'days'], 'would come before the step before it', 'Count it from due_date, or forwards.')
      if (['email', 'letter', 'sms'].includes(type) && !template) fault([], `writes ${type} but names no text`, 'Add template: and the name of the text.')
      queryFault(['steps', index, 'conditions'], conditions)
      if (type === 'hand_over' && audience === 'internal') fault(['audience'], 'hand_over concerns the debtor', 'Leave audience out, or make it a task.')
    })
  })

const schema = z
  .record(z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower case letters, digits and dashes'), workflow)
  .describe('Dunning workflows, step by step')

export type Workflows = z.output<typeof schema>
export type Workflow = Workflows[string]
export type WorkflowStep = Workflow['steps'][number]

/** One workflow as it is stored. */
export const workflowSchema = workflow

/** Dunning workflows as they are written. */
export const workflowsKind = {
  name: 'workflows',
  schema,
  project: followBehaviours,
  references: section =>
    Object.entries(section).flatMap(([key, { administrations, steps, branches }]) => [
      ...administrations.map((code, index) => ({ path: [key, 'administrations', index], kind: 'administrations', key: code })),
      ...branches.flatMap(({ when }, index) => segmentsIn(when).map(segment => ({ path: [key, 'branches', index, 'when'], kind: 'segments', key: segment }))),
      ...steps.flatMap(({ conditions }, index) =>
        segmentsIn(conditions).map(segment => ({ path: [key, 'steps', index, 'conditions'], kind: 'segments', key: segment })),
      ),
    ]),
  parts: (section, key) => ({ what: 'step that writes to debtors', names: (section[key]?.steps ?? []).filter(writesOutside).map(({ name }) => name) }),
} satisfies SettingsKind<typeof schema>

const writesOutside = ({ type, audience }: WorkflowStep): boolean => audience === 'external' && ['email', 'letter', 'sms'].includes(type)

function segmentsIn(conditions = ''): string[] {
  const query = parseQuery(conditions)
  return query.kind === 'parsed' ? query.segments.flatMap(({ test }) => valuesOf(test)).map(key => key.toLowerCase()) : []
}
