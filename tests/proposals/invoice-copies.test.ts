import assert from 'node:assert/strict'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createBlobs } from '#platform'
import { createInvoiceCopies } from '../../src/proposals/invoice-copies.ts'
import { anOffice } from './support.ts'

const pdf = '%PDF-1.7\n'

/** Copies in a folder, found for an invoice of that number. */
async function copiesOf(t: Parameters<typeof anOffice>[0], files: Record<string, string>) {
  const office = await anOffice(t)
  const folder = join(office.folder, 'copies')
  mkdirSync(join(folder, 'nordlicht'), { recursive: true })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  const find = createInvoiceCopies(folder, createBlobs(join(office.folder, 'found')))
  const invoice = (number: string) => ({ id: 1, number, debtorId: office.debtor.id, administrationCode: 'nordlicht' })
  return { office, folder, find: (number: string) => find(office.db, invoice(number)) }
}

test('a copy is found by its invoice number, however the file writes it', async t => {
  const { find } = await copiesOf(t, { '2026 001.pdf': pdf, 'ÄB-7.PDF': pdf })

  const [first, second] = [await find('2026-001'), await find('AB/7')]

  assert.deepEqual([first?.fileName, second?.fileName, first?.invoiceId], ['2026-001.pdf', 'AB_7.pdf', 1])
})

test("the administration's own folder comes before the shared one", async t => {
  const { find } = await copiesOf(t, { '2026-001.pdf': `${pdf} shared`, 'nordlicht/2026-001.pdf': `${pdf} own` })

  const own = await find('2026-001')
  const { find: shared } = await copiesOf(t, { '2026-001.pdf': `${pdf} shared` })

  assert.notEqual(own?.hash, (await shared('2026-001'))?.hash)
})

test('a number that another debtor has too is nobody’s in the shared folder, and the own one in the own folder', async t => {
  const { office, find, folder } = await copiesOf(t, { '2026-001.pdf': pdf })
  const administration = await office.db.administration.create({ data: { code: 'other', name: 'Other' } })
  await office.anInvoice(office.other.id, '2026-001', '5.00', { administrationId: administration.id })

  const shared = await find('2026-001')
  writeFileSync(join(folder, 'nordlicht/2026-001.pdf'), pdf)
  const own = await find('2026-001')

  assert.deepEqual([shared, own?.fileName], [undefined, '2026-001.pdf'])
})

test('what is no PDF, stands there twice, is a folder, is missing or has no number is not found', async t => {
  const { find, folder } = await copiesOf(t, { 'A-1.pdf': 'MZ', 'B_1.pdf': pdf, 'B 1.pdf': pdf })
  mkdirSync(join(folder, 'C-1.pdf'))
  symlinkSync('/nowhere', join(folder, 'D-1.pdf'))

  const found = []
  for (const number of ['A-1', 'B-1', 'C-1', 'D-1', 'E-1', '---']) found.push(await find(number))

  assert.deepEqual(found, [undefined, undefined, undefined, undefined, undefined, undefined])
})

test('without a folder there are no copies', async t => {
  const office = await anOffice(t)
  const find = createInvoiceCopies(undefined, createBlobs(office.folder))

  assert.equal(await find(office.db, { id: 1, number: '2026-001', debtorId: office.debtor.id, administrationCode: 'nordlicht' }), undefined)
})

test('of two files for one number the one that is named exactly as it is printed counts', async t => {
  const { find } = await copiesOf(t, { 'B-1.pdf': `${pdf} printed`, 'B 1.pdf': `${pdf} other` })
  const { find: alone } = await copiesOf(t, { 'B-1.pdf': `${pdf} printed` })

  assert.equal((await find('B-1'))?.hash, (await alone('B-1'))?.hash)
})

test('a copy that comes, goes or is replaced after a search is seen by the next one; one that was found stays as it was', async t => {
  const { office, find, folder } = await copiesOf(t, { 'A_1.pdf': `${pdf} first` })
  const blobs = createBlobs(join(office.folder, 'found'))
  const first = await find('A-1')
  const missing = await find('A-2')

  writeFileSync(join(folder, 'A_1.pdf'), `${pdf} second`)
  writeFileSync(join(folder, 'A_2.pdf'), pdf)
  const [replaced, added] = [await find('A-1'), await find('A-2')]
  rmSync(join(folder, 'A_1.pdf'))

  assert.deepEqual([missing, added?.fileName, await find('A-1')], [undefined, 'A-2.pdf', undefined])
  assert.notEqual(replaced?.hash, first?.hash)
  assert.equal((await blobs.read(first?.hash ?? '')).toString(), `${pdf} first`)
})

test('an invoice number that is a path finds nothing outside its folder', async t => {
  const { office, find } = await copiesOf(t, {})
  writeFileSync(join(office.folder, 'secret.pdf'), pdf)
  writeFileSync(join(office.folder, '9.pdf'), pdf)

  const found = []
  for (const number of ['../secret', '../9', '..', './9', '/etc/9', `${office.folder}/9`]) found.push(await find(number))

  assert.deepEqual(found, [undefined, undefined, undefined, undefined, undefined, undefined])
})
