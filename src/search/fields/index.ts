import { behaviorFields } from './behavior-fields.ts'
import { contactFields } from './contact-fields.ts'
import { creditFields } from './credit-fields.ts'
import { debtorFields } from './debtor-fields.ts'
import type { SearchField } from './field.ts'
import { ledgerFields } from './ledger-fields.ts'
import { segmentField } from './segment-field.ts'
import { workFields } from './work-fields.ts'

/** Every field that a search can ask for, by subject. The parser, the SQL, the help and the errors all read this list. */
export const fieldGroups: readonly { title: string; fields: readonly SearchField[] }[] = [
  { title: 'Debtor', fields: debtorFields },
  { title: 'Ledger', fields: ledgerFields },
  { title: 'Behavior', fields: behaviorFields },
  { title: 'Credit risk', fields: creditFields },
  { title: 'Contacts', fields: contactFields },
  { title: 'Mail and work', fields: [...workFields, segmentField] },
]

const fields = new Map(fieldGroups.flatMap(group => group.fields).map(field => [field.name, field]))

/** The field of this name, whatever its case and with hyphens or underscores. */
export const fieldOf = (name: string): SearchField | undefined => fields.get(name.toLowerCase().replaceAll('-', '_'))

export const fieldNames: readonly string[] = [...fields.keys()]
