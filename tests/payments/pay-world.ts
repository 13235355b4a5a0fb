import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import express from 'express'
import { startPaymentSandbox } from '#demo'
import { endHold, heldByDispute, placeHold, seenToElsewhere } from '#dunning'
import { createMollie, createPayments, paymentLinksKind } from '#payments'
import { fullSight } from '#people'
import { createOps, createSecrets, fromInstant, type Queue, silentLog } from '#platform'
import { createPortal } from '#portal'
import { readSearchContext } from '#search'
import { anOffice } from '../proposals/support.ts'

const timeZone = 'Europe/Amsterdam'

/** An office whose debtors pay by link: the pages over HTTP, and a provider that stands in for the real one. `rules`: of the settings. */
export async function aPayWorld(t: TestContext, { rules = {}, isOnline = true }: { rules?: object; isOnline?: boolean } = {}) {
  const office = await anOffice(t)
  const { db, clock, folder, debtor, administration, jobs } = office
  await db.administration.update({ where: { id: administration.id }, data: { iban: 'NL02ABNA0123456789', companyNumber: '12345678' } })
  const sandbox = await startPaymentSandbox({ now: () => fromInstant(clock.now()) })
  const web = express().set('trust proxy', true)
  const server = web.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  t.after(async () => {
    server.close()
    server.closeAllConnections()
    await sandbox.stop()
  })
  let settings = paymentLinksKind.schema.parse({ administrations: { nordlicht: {} }, methods: { NL: ['ideal', 'creditcard'] }, ...rules })
  const queue: Pick<Queue, 'send'> = { send: async (_tx, kind, payload) => void jobs.push({ name: kind.name, payload: payload as Record<string, number> }) }
  const payments = createPayments({
    client: db,
    clock,
    log: silentLog,
    queue,
    ops: createOps(db, queue),
    secrets: createSecrets({ DUNCAN_DATA_DIR: folder }),
    timeZone,
    base,
    rules: () => settings,
    provider: isOnline ? createMollie({ url: sandbox.url, key: 'test_demo' }) : undefined,
    search: tx => readSearchContext(tx, { sight: fullSight, clock, timeZone }),
    holds: {
      place: (tx, held) => placeHold(tx, { ...held, reason: 'payment_claim' }),
      end: (tx, ids, at) => endHold(tx, { ids }, at),
      elsewhere: seenToElsewhere,
      disputed: (tx, debtorId, invoiceIds) => heldByDispute(tx, debtorId, [...invoiceIds, null]),
    },
  })
  web.use('/pay', createPortal({ client: db, clock, log: silentLog, payments, maxLedgerAgeHours: 26, providerUrl: sandbox.url }).router)

  const invoices = await db.invoice.findMany({ where: { debtorId: debtor.id }, orderBy: { id: 'asc' } })
  const linkOf = async (invoiceIds = invoices.map(({ id }) => id), dunningActionId = 1) => {
    const link = await db.$transaction(tx => payments.reminderLink(tx, { debtorId: debtor.id, invoiceIds, dunningActionId }))
    return link ?? assert.fail('no link')
  }
  /** Opens the page, presses its button, and returns the payment that began. */
  const begin = async (address: string) => {
    const page = await look(address)
    const { location, status } = await press(address, page.text)
    assert.equal(status, 303)
    const externalId = location.split('/').at(-1) ?? ''
    return { externalId, row: await db.onlinePayment.findFirstOrThrow({ where: { externalId }, include: { items: true } }) }
  }
  const holds = () => db.dunningHold.findMany({ where: { reason: 'payment_claim', endedAt: null }, orderBy: { invoiceId: 'asc' } })
  const tasks = async () => (await db.task.findMany({ orderBy: { id: 'asc' } })).map(({ about }) => about)
  return {
    ...office,
    payments,
    sandbox,
    base,
    invoices,
    linkOf,
    look,
    press,
    begin,
    holds,
    tasks,
    set: (changed: object) => void (settings = paymentLinksKind.schema.parse(changed)),
  }
}

const look = async (address: string, headers: Record<string, string> = {}) => {
  const response = await fetch(address, { headers, redirect: 'manual' })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
/** Presses the page's button, as a browser does: with what its form holds. */
const press = async (address: string, text: string) => {
  const fields = [...text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name = '', value = '']): [string, string] => [name, value])
  const action = /<form method="post" action="([^"]+)">/.exec(text)?.[1] ?? assert.fail('no button')
  const response = await fetch(new URL(action, address), { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  return { status: response.status, location: response.headers.get('location') ?? '', text: await response.text() }
}
