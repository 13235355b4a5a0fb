import { z } from 'zod'
import { type Db, Prisma, type StaffModel } from '#platform'
import type { SettingsKind } from '#settings'
import { roles } from './rights.ts'
import { settingsAmount } from './rights-kind.ts'

/** The languages that Duncan speaks with colleagues. */
export const staffLanguages = ['en', 'nl', 'fr', 'de', 'pl'] as const

const everything = z.literal('*')

const personSchema = z.strictObject({
  name: z.string().trim().min(1).max(120).describe('Name as colleagues know it'),
  email: z.email().describe('Mail address; with company sign-in, the one that the sign-in service has verified'),
  role: z.enum(roles).describe('viewer looks up; collector decides; approver also gives second votes; manager also sets rules; admin also connects systems'),
  language: z.enum(staffLanguages).default('en').describe('Language of what this person alone sees'),
  limit: settingsAmount.optional().describe('Up to which total this person decides alone (reporting currency); left out: the limit of the role'),
  administrations: z
    .array(z.union([everything, z.string().min(1)]))
    .default(['*'])
    .describe('Codes of the administrations that this person may see; * is all'),
  mailboxes: z
    .array(z.union([everything, z.string().min(1)]))
    .default(['*'])
    .describe('Mailboxes whose mail this person may see, as key or key/folder; * is all'),
  accounts: z
    .enum(['all', 'own'])
    .default('all')
    .describe('own: of these only the debtors whose collector this person is, as sales does; nothing that is of no debtor'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'There is no time zone of that name; write one such as Europe/Warsaw.')
    .optional()
    .describe('IANA time zone of this person’s days; left out: the installation’s'),
  active: z.boolean().default(true).describe('false switches the person off: signed out at once, nothing allowed'),
})

const staffKey = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,59}$/, 'A short name has small letters, digits, dots and dashes: jan or j.willems.')

const staffSchema = z
  .record(staffKey, personSchema)
  .superRefine((section, context) => {
    const people = Object.entries(section)
    const addresses = new Map<string, string>()
    for (const [key, { email }] of people) {
      const other = addresses.get(email.toLowerCase())
      if (other) context.addIssue({ code: 'custom', path: [key, 'email'], message: `${other} has this mail address already.` })
      addresses.set(email.toLowerCase(), key)
    }
    if (people.length === 0 || people.some(([, { role, active }]) => role === 'admin' && active)) return
    const remedy = 'Give one active person the role admin.'
    context.addIssue({ code: 'custom', path: [], message: 'Nobody would be left who is an active admin.', params: { remedy } })
  })
  .describe('Who works with Duncan, by short name (@jan; the same as in the collector column of imports). Who is not named is switched off')

type StaffSection = z.output<typeof staffSchema>

/** The people, as settings. An empty section leaves them as they are: then they are not kept in settings. */
export const staffKind: SettingsKind<typeof staffSchema> = {
  name: 'staff',
  schema: staffSchema,
  references: section =>
    Object.entries(section).flatMap(([key, { administrations, mailboxes }]) => [
      ...administrations.flatMap((code, index) => (code === '*' ? [] : [{ path: [key, 'administrations', index], kind: 'administrations', key: code }])),
      ...mailboxes.flatMap((place, index) =>
        place === '*' ? [] : [{ path: [key, 'mailboxes', index], kind: 'mailboxes', key: place.split('/', 1)[0] ?? place }],
      ),
    ]),
  project: projectStaff,
}

async function projectStaff(tx: Db, section: StaffSection): Promise<void> {
  const people = Object.entries(section)
  if (people.length === 0) return
  const known = await tx.staff.findMany()
  const chosen = new Map((await tx.staffPreference.findMany()).map(({ staffId, language }) => [staffId, language]))
  const wanted = people.map(([key, person]) => {
    const email = person.email.trim().toLowerCase()
    // Who only got another short name is still the same person: their decisions stay theirs.
    const row = known.find(each => each.key === key) ?? known.find(each => each.email === email && !Object.hasOwn(section, each.key))
    const language = (row && chosen.get(row.id)) ?? person.language // what somebody chose for themselves holds
    return { row, fields: fieldsOf(key, email, { ...person, language }) }
  })
  await freeAddresses(tx, known, wanted)
  // The address says who somebody is: under another one a short name may be somebody else's, whose sessions these are not.
  await signOut(
    tx,
    wanted.flatMap(({ row, fields }) => (row && row.email !== fields.email ? [row.id] : [])),
  )
  for (const { row, fields } of wanted) {
    if (!row) await tx.staff.create({ data: fields })
    else if (isChanged(row, fields)) await tx.staff.update({ where: { id: row.id }, data: fields })
  }
  const staying = new Set(wanted.flatMap(({ row, fields }) => (row && fields.active ? [row.id] : [])))
  await switchOff(
    tx,
    known.filter(({ id, active }) => active && !staying.has(id)).map(({ id }) => id),
  )
}

type Fields = Omit<StaffModel, 'id' | 'createdAt'>

const fieldsOf = (
  key: string,
  email: string,
  { name, role, language, limit, timeZone, active, administrations, mailboxes, accounts }: Omit<StaffSection[string], 'language'> & { language: string },
): Fields => ({
  key,
  email,
  name,
  role,
  language,
  amountLimit: limit === undefined ? null : new Prisma.Decimal(String(limit)),
  timeZone: timeZone ?? null,
  active,
  administrations,
  mailboxes,
  ownAccounts: accounts === 'own',
})

const isChanged = (row: StaffModel, fields: Fields): boolean =>
  Object.entries(fields).some(([name, value]) => JSON.stringify(row[name as keyof StaffModel]) !== JSON.stringify(value))

/** An address that moves from one person to another would stand twice for a moment, which the table refuses. */
async function freeAddresses(tx: Db, known: StaffModel[], wanted: { row: StaffModel | undefined; fields: Fields }[]): Promise<void> {
  const taken = known.filter(({ id, email }) => wanted.some(({ row, fields }) => fields.email === email && row?.id !== id))
  for (const { id } of taken) await tx.staff.update({ where: { id }, data: { email: `${id}@address-moved.invalid` } })
}

/** Switches people off: signed out at once, their links and their accounts on chat platforms void. */
async function switchOff(tx: Db, ids: number[]): Promise<void> {
  if (ids.length === 0) return
  await tx.staff.updateMany({ where: { id: { in: ids } }, data: { active: false } })
  await signOut(tx, ids)
}

async function signOut(tx: Db, ids: number[]): Promise<void> {
  if (ids.length === 0) return
  await tx.session.deleteMany({ where: { staffId: { in: ids } } })
  await tx.signInLink.deleteMany({ where: { staffId: { in: ids } } })
  await tx.mailedDecision.deleteMany({ where: { staffId: { in: ids } } }) // keys that lie in the mailbox of the old address
  await tx.chatAccount.deleteMany({ where: { staffId: { in: ids } } })
  await tx.chatLinkCode.deleteMany({ where: { staffId: { in: ids } } })
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
