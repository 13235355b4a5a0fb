import pino from 'pino'
import { fixedClock } from '#platform'
import { createConnection } from '../../../src/credit/bureaus/creditsafe/connection.ts'
import { createCreditsafe } from '../../../src/credit/bureaus/creditsafe/creditsafe.ts'
import { startBureauSandbox } from '../../../src/demo/bureau/sandbox.ts'
import { aCompany } from '../bureau-company.ts'
import { aBureau } from './bureau-contract.ts'
import { createBureauFolder } from './bureau-files.ts'

aBureau('Creditsafe', async t => {
  const clock = fixedClock('2026-03-01T22:00:00Z')
  const [one, other] = [aCompany(), aCompany({ id: 'NL-X-99990002', registrationNumber: '99990002', name: 'Touwslagerij Voorbeeld B.V.' })]
  let failed: string[] = []
  const sandbox = await startBureauSandbox({
    companies: [one, other],
    now: () => clock.now().toString(),
    failedSections: id => (id === other.id ? failed : []),
  })
  let isOpen = true
  const stop = async () => {
    if (isOpen) await sandbox.stop()
    isOpen = false
  }
  t.after(stop)
  const memory = { wasRefused: async () => false, remember: async () => undefined }
  const ask = createConnection({ url: sandbox.url, username: 'demo', password: 'demo', memory, clock, log: pino({ level: 'silent' }), delay: () => 1 })
  return {
    bureau: () => createCreditsafe(ask, 'Duncan'),
    fall: async () => sandbox.register.change(one.id, { score: 41 }, '2026-03-02T09:00:00Z'),
    vanish: async () => sandbox.register.change(other.id, 'gone', '2026-03-02T09:00:00Z'),
    spoil: async () => void (failed = ['CreditScore']),
    close: stop,
  }
})

aBureau('files', async t => {
  const { open, drop, remove } = createBureauFolder(t, fixedClock('2026-03-01T22:00:00Z'))
  const write = (score: string, other: string) =>
    drop(
      'scores.csv',
      `company_number;name;score;rating;credit_limit\n99990001;Zeilmakerij Voorbeeld B.V.;${score};AA;25000\n${other && `99990002;Touwslagerij Voorbeeld B.V.;${other};A;9000\n`}`,
    )
  await write('6,8', '7,0')
  return {
    bureau: () => open(),
    fall: () => write('4,1', '7,0'),
    vanish: () => write('6,8', ''),
    spoil: () => write('6,8', 'seven'),
    close: () => remove('scores.csv'),
  }
})
