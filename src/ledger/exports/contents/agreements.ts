import { amount, date, debtorColumns, type ExportContent, flag, moment, text, withDebtor } from '../content.ts'

/** Each has a row for each invoice that it is about, or one row without an invoice. */
const perInvoice = (link: string, column: string, alias: string): string =>
  `LEFT JOIN "${link}" l ON l."${column}" = ${alias}.id LEFT JOIN "Invoice" i ON i.id = l."invoiceId"`

const invoiceNumber = text('invoice_number', 'i.number')
const person = (name: string, id: string) => text(name, `(SELECT s.key FROM "Staff" s WHERE s.id = ${id})`)
const keyOf = (name: string) => ['administration', name, 'invoice_number']
const idOf = (alias: string) => `concat_ws('/', ${alias}.id, l."invoiceId")`

export const promises: ExportContent = {
  row: 'promise',
  columns: [
    ...debtorColumns,
    text('promise', 'p.id'),
    invoiceNumber,
    date('promised_on', 'p."promisedOn"'),
    text('currency', 'p.currency'),
    amount('amount', 'p.amount'),
    flag('conditional', 'p.conditional'),
    text('status', 'p.status'),
    moment('created_at', 'p."createdAt"'),
  ],
  key: keyOf('promise'),
  id: idOf('p'),
  from: `${withDebtor('PromiseToPay', 'p')} ${perInvoice('PromiseInvoice', 'promiseId', 'p')}`,
}

export const disputes: ExportContent = {
  row: 'dispute',
  columns: [
    ...debtorColumns,
    text('dispute', 'x.id'),
    invoiceNumber,
    text('reason', 'x.reason'),
    text('text', 'x.text'),
    text('status', 'x.status'),
    person('owner', 'x."ownerId"'),
    date('answer_due', 'x."answerDue"'),
    moment('created_at', 'x."createdAt"'),
    moment('resolved_at', 'x."resolvedAt"'),
  ],
  key: keyOf('dispute'),
  id: idOf('x'),
  from: `${withDebtor('Dispute', 'x')} ${perInvoice('DisputeInvoice', 'disputeId', 'x')}`,
}

export const notes: ExportContent = {
  row: 'note',
  columns: [
    ...debtorColumns,
    text('note', 'n.id'),
    invoiceNumber,
    text('text', 'n.text'),
    flag('pinned', 'n.pinned'),
    person('author', 'n."authorId"'),
    moment('created_at', 'n."createdAt"'),
  ],
  key: keyOf('note'),
  id: idOf('n'),
  from: `${withDebtor('Note', 'n')} ${perInvoice('NoteInvoice', 'noteId', 'n')}`,
}
