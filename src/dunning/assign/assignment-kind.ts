import { z } from 'zod'
import { tones } from '#ledger'
import { parseQuery, problemText, valuesOf } from '#search'
import type { SettingsKind } from '#settings'

const assigned = {
  workflow: z.string().min(1).optional().describe('The dunning workflow that they are on'),
  tone: z.enum(tones).optional().describe('How mails to them sound, where nothing else is set for the debtor itself'),
  collector: z.string().min(1).optional().describe('Short name of the colleague whose debtors they are, where the ledger names none'),
  channel: z.enum(['email', 'letter', 'sms']).optional().describe('What written steps go by; as each step says when left out'),
}

const rule = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower case letters, digits and dashes')
    .describe('What the log and the cards call it'),
  when: z.string().min(1).describe('Search text that a debtor must match: rating:D,E overdue:>5000'),
  ...assigned,
})

const schema = z
  .strictObject({
    rules: z.array(rule).max(100).default([]).describe('The first one that a debtor matches counts, for all that it names'),
    default: z.strictObject(assigned).default({}).describe('For what no rule names'),
  })
  .superRefine(({ rules }, context) =>
    rules.forEach(({ id, when }, index) => {
      if (id === 'default' || rules.findIndex(other => other.id === id) !== index) {
        context.addIssue({
          code: 'custom',
          path: ['rules', index, 'id'],
          message: id === 'default' ? 'is the name of what no rule names' : `is used twice: ${id}`,
        })
      }
      const query = parseQuery(when)
      if (query.kind === 'parsed') return
      const params = { remedy: 'Try it with `duncan find` first; its --help lists the fields.', line: 1, column: query.problem.start + 1 }
      context.addIssue({ code: 'custom', path: ['rules', index, 'when'], message: problemText(query.problem), params })
    }),
  )
  .describe('Which debtors are on which workflow, by search; done anew after each import, after each night at the credit bureau and before each day')

export type AssignmentRules = z.output<typeof schema>

/** Who is dunned how, by rules. */
export const assignmentKind = {
  name: 'assignment',
  schema,
  references: ({ rules, default: rest }) => [
    ...rules.flatMap(({ when, workflow, collector }, index) => [
      ...segmentsIn(['rules', index, 'when'], when),
      ...named(['rules', index], { workflow, collector }),
    ]),
    ...named(['default'], rest),
  ],
} satisfies SettingsKind<typeof schema>

function named(path: (string | number)[], { workflow, collector }: { workflow?: string | undefined; collector?: string | undefined }) {
  return [
    ...(workflow === undefined ? [] : [{ path: [...path, 'workflow'], kind: 'workflows', key: workflow }]),
    ...(collector === undefined ? [] : [{ path: [...path, 'collector'], kind: 'staff', key: collector }]),
  ]
}

function segmentsIn(path: (string | number)[], text: string) {
  const query = parseQuery(text)
  if (query.kind === 'problem') return []
  return query.segments.flatMap(({ test }) => valuesOf(test)).map(key => ({ path, kind: 'segments', key: key.toLowerCase() }))
}
