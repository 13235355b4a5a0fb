import { z } from 'zod'

// The neutral card: what every chat surface can draw. Surfaces render it; nothing here knows any of them.

/** A button. `action` is what the surface sends back on a click, with the form's values. */
export const buttonSchema = z.object({
  action: z.string(),
  label: z.string(),
  style: z.enum(['primary', 'default', 'danger']).default('default'),
  /** Asked before the click counts; for what cannot be undone. */
  confirm: z.object({ title: z.string(), text: z.string(), yes: z.string() }).optional(),
  /** Carried back unchanged with the click. */
  data: z.record(z.string(), z.string()).default({}),
})

const tone = z.enum(['neutral', 'good', 'warning', 'bad'])

export const fieldSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    id: z.string(),
    label: z.string(),
    value: z.string(),
    multiline: z.boolean().default(false),
    required: z.boolean().default(false),
  }),
  z.object({
    type: z.literal('choice'),
    id: z.string(),
    label: z.string(),
    value: z.string(),
    options: z.array(z.object({ value: z.string(), label: z.string() })),
  }),
  z.object({ type: z.literal('toggle'), id: z.string(), label: z.string(), value: z.boolean(), note: z.string().optional() }),
  z.object({ type: z.literal('date'), id: z.string(), label: z.string(), value: z.string() }),
])

export const elementSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string(), tone: tone.default('neutral'), weight: z.enum(['normal', 'strong', 'subtle']).default('normal') }),
  /** Literal words of a debtor's mail: drawn as a quote, never as markup. */
  z.object({ type: z.literal('quote'), text: z.string(), source: z.string().optional() }),
  /** A mail as it stands or as it would leave: headers as facts, then its words, never drawn as markup. */
  z.object({
    type: z.literal('letter'),
    label: z.string(),
    facts: z.array(z.object({ label: z.string(), value: z.string() })).default([]),
    text: z.string(),
  }),
  /** Something to notice before anything else, such as why a mail is not to be trusted. */
  z.object({ type: z.literal('notice'), tone, title: z.string(), lines: z.array(z.string()).default([]) }),
  z.object({ type: z.literal('facts'), facts: z.array(z.object({ label: z.string(), value: z.string() })) }),
  z.object({
    type: z.literal('table'),
    columns: z.array(z.object({ title: z.string(), align: z.enum(['left', 'right']).default('left') })),
    rows: z.array(z.array(z.string())),
  }),
  z.object({ type: z.literal('field'), field: fieldSchema }),
  /** One of several to choose from: a line that is pressed as a whole. */
  z.object({ type: z.literal('pick'), text: z.string(), note: z.string().optional(), button: buttonSchema }),
  z.object({ type: z.literal('divider') }),
])

export const cardSchema = z.object({
  /** Two lines that say it all: who and what is proposed. */
  title: z.string(),
  subtitle: z.string().optional(),
  status: z.object({ text: z.string(), tone }).optional(),
  elements: z.array(elementSchema),
  /** At most three; the rest goes to `more`. */
  buttons: z.array(buttonSchema).max(3).default([]),
  more: z.array(buttonSchema).default([]),
  /** The card in plain text, for notifications and surfaces that cannot draw it. */
  fallback: z.string(),
})

export type Card = z.infer<typeof cardSchema>
export type CardInput = z.input<typeof cardSchema>
export type CardField = z.infer<typeof fieldSchema>
export type CardButton = z.infer<typeof buttonSchema>
export type CardElement = z.infer<typeof elementSchema>
