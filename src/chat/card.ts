import { z } from 'zod'
import { reportForms, reportKeys } from '#reports'

// The neutral card: what every chat surface can draw. Surfaces render it; nothing here knows any of them.

/** A button. `action` is what the surface sends back on a click, with the form's values. */
export const buttonSchema = z.object({
  action: z.string(),
  label: z.string(),
  style: z.enum(['primary', 'default', 'danger']).default('default'),
  /** Asked before the click counts; for what cannot be undone. */
  confirm: z.object({ title: z.string(), text: z.string(), yes: z.string() }).optional(),
  /** ISO moment at which the button stops working; surfaces that can take it away then. */
  until: z.string().optional(),
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

/**
 * Where a file lies: among the attachments of a mail that came in, as that mail's raw source, or at an action that would send it. A report is made
 * when it is opened, as is what an entry would write: its letter, or the list of what its hand-over holds.
 */
export const fileSourceSchema = z.discriminatedUnion('of', [
  z.object({ of: z.literal('message'), attachmentId: z.int() }),
  z.object({ of: z.literal('source'), messageId: z.int() }),
  z.object({ of: z.literal('action'), actionId: z.int(), index: z.int().min(0) }),
  z.object({ of: z.literal('entry'), entryId: z.int() }),
  z.object({ of: z.literal('report'), report: z.enum(reportKeys), form: z.enum(reportForms), filter: z.string(), top: z.int().optional() }),
])

/** Without spaces, control characters or letters that look like others. */
const webAddress = z
  .url({ protocol: /^https$/ })
  .regex(/^[\x21-\x7e]+$/)
  .max(1000)

/** Whether a card may lead there. */
export const isWebAddress = (url: string): boolean => webAddress.safeParse(url).success

const decimal = z.string().regex(/^-?\d{1,18}(\.\d{1,6})?$/)

export const elementSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string(), tone: tone.default('neutral'), weight: z.enum(['normal', 'strong', 'subtle']).default('normal') }),
  /** Literal words of a debtor's mail: drawn as a quote, never as markup. `marks`: the parts that count, in UTF-16 units of the text. */
  z.object({
    type: z.literal('quote'),
    text: z.string(),
    source: z.string().optional(),
    marks: z.array(z.object({ start: z.int(), end: z.int() })).default([]),
  }),
  /** A mail as it stands or as it would leave: headers as facts, then its words, never drawn as markup. */
  z.object({
    type: z.literal('letter'),
    label: z.string(),
    facts: z.array(z.object({ label: z.string(), value: z.string() })).default([]),
    text: z.string(),
  }),
  /** Something to notice before anything else, such as why a mail is not to be trusted. */
  z.object({ type: z.literal('notice'), tone, title: z.string(), lines: z.array(z.string()).default([]) }),
  /** `inline`: few and short, so they share a line. */
  z.object({ type: z.literal('facts'), inline: z.boolean().default(false), facts: z.array(z.object({ label: z.string(), value: z.string() })) }),
  /** Files to look at; the surface knows how to get to them. */
  z.object({ type: z.literal('files'), files: z.array(z.object({ name: z.string(), note: z.string(), source: fileSourceSchema })) }),
  z.object({
    type: z.literal('table'),
    columns: z.array(z.object({ title: z.string(), align: z.enum(['left', 'right']).default('left') })),
    rows: z.array(z.array(z.string())),
  }),
  /**
   * Bars to compare at a glance: for each point one of each series. `value` is a decimal, `text` the same as people read it, with its
   * currency or unit: it always stands beside the picture, which some surfaces leave out.
   */
  z.object({
    type: z.literal('chart'),
    title: z.string(),
    series: z.array(z.string()).min(1).max(4),
    points: z.array(z.object({ label: z.string(), values: z.array(z.object({ value: decimal, text: z.string() })) })),
  }),
  /**
   * A picture that came by mail or is ours; where a surface cannot show it, a file to open. `alt`: what it is, in words. `shown`: how a
   * platform shows it, its id or address there; set on the way to the platform and never stored.
   */
  z.object({ type: z.literal('image'), alt: z.string(), name: z.string(), note: z.string(), source: fileSourceSchema, shown: z.string().optional() }),
  z.object({ type: z.literal('field'), field: fieldSchema }),
  /** One of several to choose from: a line that is pressed as a whole. `verb`: where a surface puts a button beside it, what stands on that; without it, that one chooses. */
  z.object({ type: z.literal('pick'), text: z.string(), note: z.string().optional(), verb: z.string().optional(), button: buttonSchema }),
  /** The way to a page of somebody else's, opened apart. Its address is ours: no part of it was written in a mail or a chat. */
  z.object({ type: z.literal('link'), label: z.string(), url: webAddress }),
  /** The way to a page with more, on a surface that has pages. */
  z.object({ type: z.literal('page'), label: z.string(), debtorId: z.int() }),
  z.object({ type: z.literal('divider') }),
])

const shownSchema = z.object({
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

export const cardSchema = shownSchema.extend({
  /** What stands in its place where it is not known who reads: no word of a mail. A card without it is not shown there at all. */
  guarded: shownSchema.optional(),
})

export type Card = z.infer<typeof cardSchema>
export type CardInput = z.input<typeof cardSchema>
export type CardField = z.infer<typeof fieldSchema>
export type CardButton = z.infer<typeof buttonSchema>
export type CardElement = z.infer<typeof elementSchema>
export type FileSource = z.infer<typeof fileSourceSchema>
