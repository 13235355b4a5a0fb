import { z } from 'zod'

const quarantineKinds = ['injection', 'bank_change', 'look_alike', 'hidden_text', 'sender_unverified'] as const

/** How words can be there without a reader seeing them. */
const hidingWays = ['not_displayed', 'too_small', 'off_the_page', 'colorless'] as const
export type HidingWay = (typeof hidingWays)[number]

const injection = z.object({
  kind: z.literal('injection'),
  code: z.enum([
    'ignore_instructions',
    'speaks_to_machine',
    'machine_conversation',
    'names_tools',
    'acts_alone',
    'asks_to_decode',
    'letters_apart',
    'encoded',
    'model_reports',
    /** Beside another one: its words were not written plainly. */
    'disguised',
  ]),
})
const bankChange = z.object({
  kind: z.literal('bank_change'),
  code: z.enum(['new_details', 'asks_to_confirm', 'claim_handed_on', 'where_to_pay', 'other_account', 'presses']),
})

/** Countries are ISO codes, `before` as a list; `elsewhere` null: another address at the same public provider. */
export const suspicionSchema = z.discriminatedUnion('code', [
  injection,
  bankChange,
  z.object({ kind: z.literal('bank_change'), code: z.literal('other_country'), now: z.string(), before: z.array(z.string()) }),
  z.object({ kind: z.literal('look_alike'), code: z.literal('imitates'), domain: z.string(), known: z.string() }),
  z.object({ kind: z.literal('look_alike'), code: z.literal('name_shows'), named: z.string(), domain: z.string() }),
  z.object({ kind: z.literal('look_alike'), code: z.literal('answers_elsewhere'), elsewhere: z.string().nullable(), domain: z.string() }),
  z.object({ kind: z.literal('hidden_text'), code: z.literal('hides_text'), how: z.enum(hidingWays) }),
  z.object({ kind: z.literal('hidden_text'), code: z.literal('invisible_letters') }),
  z.object({ kind: z.literal('sender_unverified'), code: z.literal('not_from_domain') }),
  z.object({ kind: z.enum(quarantineKinds), code: z.literal('said'), text: z.string() }),
])
export type Quarantine = z.infer<typeof suspicionSchema>

/** Why a mail is not to be trusted: it becomes a card for a person and is never answered by itself. An older release kept a sentence. */
export const quarantineSchema = z.union([
  suspicionSchema,
  z.object({ kind: z.enum(quarantineKinds), reason: z.string() }).transform(({ kind, reason: text }): Quarantine => ({ kind, code: 'said', text })),
])
