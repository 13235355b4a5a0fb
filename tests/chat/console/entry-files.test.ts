import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createConsoleClient } from '../../support/console-client.ts'
import { aWorld, type MailPlan } from './sight-world.ts'

const mailAt = (mailbox: number, thread: number): MailPlan => ({ mailbox, folders: [0], debtors: [0], thread, direction: 'in' })
const letter = {
  language: 'nl',
  tone: 'neutral',
  date: '2026-11-23',
  sender: { name: 'Books adm-a', address: ['Kade 1', '1012 AB Amsterdam'] },
  to: ['Kwekerij Zonneveld', 'Kasweg 4', '2675 AB Honselersdijk'],
  country: 'NL',
  customerNumber: '10001',
  subject: 'Tweede herinnering',
  text: 'Geachte heer, mevrouw,\n\nonze factuur staat nog open.',
  overview: '',
  transfers: [],
  amounts: [],
}

test('a letter is looked at as it would be printed, and what a hand-over would hold as a list, by who sees them and in their language', async t => {
  const all = { administrations: ['*'], mailboxes: ['*'], role: 'approver' }
  const people = [all, { ...all, mailboxes: ['box-a'] }, { ...all, administrations: ['adm-b'] }]
  const { client, url, link, debtors, mails, people: staff } = await aWorld(t, [mailAt(0, 0), mailAt(1, 1)], people, false)
  const { id: debtorId = 0 } = debtors[0] ?? {}
  const { id: invoiceId } = await client.invoice.findFirstOrThrow({ where: { debtorId } })
  const anEntry = async (kind: string, payload: object) => {
    const row = { debtorId, kind, status: 'proposed', surface: 'duncan', formKey: kind, payload: { kind, actionId: 7, invoiceIds: [invoiceId], ...payload } }
    return (await client.debtorEntry.create({ data: row })).id
  }
  const drafted = await anEntry('dunning', { template: 'reminder_second', channel: 'letter', attachments: [], mail: null, letter, sms: null })
  const handedOver = await anEntry('hand_over', {})
  const workflow = await client.debtorEntry.create({
    data: { debtorId, kind: 'hold', status: 'proposed', surface: 'duncan', formKey: 'hold', payload: { kind: 'hold', until: '2026-12-01', invoiceIds: [] } },
  })
  await client.staff.updateMany({ data: { language: 'de' } })
  const browsers: ReturnType<typeof createConsoleClient>[] = []
  for (const person of staff) {
    const browser = createConsoleClient(url)
    await browser.signIn(await link(person))
    browsers.push(browser)
  }
  const get = async (who: number, id: number) => {
    const response = await fetch(`${url}/api/files/entries/${id}`, { headers: { cookie: browsers[who]?.cookie() ?? '' } })
    return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) }
  }

  const pdf = await get(0, drafted)
  const [whole, partly] = [await get(0, handedOver), await get(1, handedOver)]
  const unseen = [await get(2, drafted), await get(2, handedOver), await get(9, drafted), await get(0, workflow.id)].map(({ status }) => status)

  assert.deepEqual([pdf.status, pdf.headers.get('content-type'), pdf.body.subarray(0, 5).toString()], [200, 'application/pdf', '%PDF-'])
  assert.equal(pdf.headers.get('content-disposition')?.split(';')[1], ' filename="2026-11-23_DEB07731_7.pdf"')
  assert.deepEqual([whole.status, whole.headers.get('content-type')], [200, 'text/plain; charset=utf-8'])
  const [mine, other] = mails.map(({ id }) => `mails/2026-11-23_in_${id}.eml  1 kB\n`)
  assert.match(
    whole.body.toString(),
    /^Was die Akte jetzt enthalten würde\n\ndebtor\.csv {2}1 kB\nitems\.csv[\s\S]*contents\.txt[\s\S]*\nNicht gefunden:\ninvoices\//,
  )
  assert.ok(mine && other && whole.body.includes(mine) && whole.body.includes(other))
  assert.ok(partly.body.includes(mine) && !partly.body.includes(other) && partly.body.includes('und 1 E-Mail, die Sie nicht sehen dürfen'))
  assert.deepEqual(unseen, [404, 404, 401, 404])
  for (const { headers } of [pdf, whole]) assert.match(headers.get('cache-control') ?? '', /private, no-store/)
})
