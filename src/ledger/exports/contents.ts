import type { ExportContent } from './content.ts'
import { disputes, notes, promises } from './contents/agreements.ts'
import { contactChanges } from './contents/contact-changes.ts'
import { debtors } from './contents/debtors.ts'
import { invoices, openItems } from './contents/invoices.ts'
import { payments } from './contents/payments.ts'

/** Everything that can be exported, by the name that settings and files give it. */
export const exportContents = {
  debtors,
  open_items: openItems,
  invoices,
  payments,
  promises,
  disputes,
  notes,
  contact_changes: contactChanges,
} satisfies Record<string, ExportContent>

export type ContentName = keyof typeof exportContents
export const contentNames = Object.keys(exportContents) as [ContentName, ...ContentName[]]
