import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { parseMail } from '../../../src/mail/parse-mail.ts'
import { understandMail } from '../../../src/mail/understand-mail.ts'

const folder = join(import.meta.dirname, '../../fixtures/mails')
const fixtures = (prefix: string) => globSync(`${prefix}-*.eml`, { cwd: folder }).toSorted()
const understand = async (file: string) => understandMail(await parseMail(readFileSync(join(folder, file))))

const permanent = true
const temporary = false
const bounces: Record<string, [recipient: string, status: string, permanent: boolean][]> = {
  'bounce-domino-not-listed': [['f.mulder@notes.example', '', permanent]],
  'bounce-dsn-exchange-mailbox-full': [['p.smit@werk.example', '5.2.2', permanent]],
  'bounce-dsn-expired-after-days': [['post@haven.example', '4.4.7', temporary]],
  'bounce-dsn-forwarded-names-the-address-written-to': [['administratie@veer.example', '5.2.1', permanent]],
  'bounce-dsn-gmail-address-not-found': [['fout@bloem.example', '5.1.1', permanent]],
  'bounce-dsn-no-blank-line-between-recipients': [
    ['a@duin.example', '5.1.1', permanent],
    ['b@duin.example', '5.1.2', permanent],
  ],
  'bounce-dsn-postfix-delayed': [['info@molen.example', '4.4.1', temporary]],
  'bounce-dsn-postfix-unknown-user': [['jan@bakker.example', '5.1.1', permanent]],
  'bounce-dsn-several-recipients': [
    ['een@kade.example', '5.1.1', permanent],
    ['twee@kade.example', '4.2.2', temporary],
  ],
  'bounce-dsn-status-part-typed-as-text': [['ksiegowosc@zielona.example', '5.4.4', permanent]],
  'bounce-exchange-2003-did-not-reach': [['a.visser@kantoor.example', '5.1.1', permanent]],
  'bounce-exchange-de': [['h.keller@werk-gmbh.example', '5.1.1', permanent]],
  'bounce-exchange-es': [['j.garcia@empresa.example', '5.1.1', permanent]],
  'bounce-exchange-fr': [['c.martin@mairie.example', '5.1.10', permanent]],
  'bounce-exchange-it': [['m.rossi@ditta.example', '5.1.1', permanent]],
  'bounce-exchange-nl': [['m.dekker@gemeente.example', '5.1.1', permanent]],
  'bounce-exchange-pl': [['a.nowak@firma.example', '5.1.1', permanent]],
  'bounce-exim-delayed': [['info@traag.example', '', temporary]],
  'bounce-exim-several-without-status': [
    ['een@dijk.example', '', permanent],
    ['twee@dijk.example', '', temporary],
  ],
  'bounce-exim-unrouteable': [['compta@rivage.example', '5.1.1', permanent]],
  'bounce-gmail-old-technical': [['oud@tuin.example', '5.7.1', permanent]],
  'bounce-gmail-temporary': [['info@sneeuw.example', '', temporary]],
  'bounce-imail-invalid-userid': [['orders@pier.example', '', permanent]],
  'bounce-gateway-affected-recipients': [['inkoop@blok.example', '5.1.1', permanent]],
  'bounce-exchange-55-not-recognized': [['g.prins@kasteel.example', '', permanent]],
  'bounce-microsoft365-text': [['accounts@northwind.example', '5.1.10', permanent]],
  'bounce-null-sender-custom-server': [['inkoop@staal.example', '5.4.1', permanent]],
  'bounce-postfix-text-only': [['rekening@smid.example', '', permanent]],
  'bounce-provider-de-mailbox-voll': [['buero@schreiner.example', '5.2.2', permanent]],
  'bounce-provider-fr-no-code': [['facturation@chene.example', '', permanent]],
  'bounce-qmail-no-code': [
    ['kees@polder.example', '5.1.1', permanent],
    ['els@polder.example', '', permanent],
  ],
  'bounce-qmail-no-mailbox': [['kees@polder.example', '5.1.1', permanent]],
  'bounce-sendmail-user-unknown': [['boekhouding@uni.example', '5.1.1', permanent]],
  'bounce-sendmail-warning': [['inkoop@langzaam.example', '', temporary]],
  'bounce-exim-alias-names-the-address-written-to': [['info@vanduin.example', '5.2.2', permanent]],
  'bounce-exim-warning-24-hours': [['crediteuren@scheepswerf.example', '', temporary]],
  'bounce-exim-de': [['buchhaltung@moebelhaus.example', '5.1.1', permanent]],
  'bounce-qmail-fr': [['service.achats@menuiserie.example', '5.1.1', permanent]],
  'bounce-qmail-gave-up-on-temporary': [['kees@traag.example', '4.3.2', temporary]],
  'bounce-sendmail-transcript-only': [['finance@instituut.example', '', permanent]],
  'bounce-sendmail-five-days': [['post@ver.example', '', temporary]],
  'bounce-dsn-global-status-utf8': [['jörg@müller-bau.example', '5.1.1', permanent]],
  'bounce-dsn-one-of-two-delivered': [['weg@stuw.example', '5.1.1', permanent]],
  'bounce-dsn-four-outcomes': [
    ['b@dorp.example', '4.2.1', temporary],
    ['c@dorp.example', '5.7.1', permanent],
  ],
  'bounce-exchange-2013-nl-html': [['p.kuiper@haven.example', '5.1.10', permanent]],
  'bounce-exchange-2013-de-full-html': [['t.weber@stahlbau.example', '5.2.2', permanent]],
  'bounce-exchange-2003-fr': [['comptabilite@negoce.example', '5.1.1', permanent]],
  'bounce-microsoft365-html-table': [['ap@windmolen.example', '5.1.10', permanent]],
  'bounce-microsoft365-html-table-nl': [['ap@windmolen.example', '5.1.10', permanent]],
  'bounce-microsoft365-delayed': [['ap@rotonde.example', '', temporary]],
  'bounce-gmail-html-pl': [['biuro@kwiat.example', '5.1.1', permanent]],
  'bounce-gmail-html-fr': [['compta@fleur.example', '5.1.1', permanent]],
  'bounce-provider-fr-account-disabled': [['toiture@laposte-fai.example', '', permanent]],
  'bounce-provider-fr-wrapped-sentence': [['atelier@bois.example', '5.2.1', permanent]],
  'bounce-provider-pl-full': [['stolarnia@oneto.example', '', temporary]],
  'bounce-gateway-blocked-without-code': [['inkoop@kliniek.example', '', permanent]],
  'bounce-imail-mailbox-size': [['kantoor@visser.example', '', temporary]],
  'bounce-xmail-root-sender': [['balie@camping.example', '5.1.1', permanent]],
  'bounce-mail-router-ndn': [['terminal@haven.example', '', permanent]],
  'bounce-rejected-for-policy': [['ap@fm.example', '5.7.26', permanent]],
  'bounce-pec-it': [['amministrazione@ditta-srl.example', '5.1.1', permanent]],
  'bounce-mmdf': [['ap@factory.example', '', permanent]],
  'bounce-groupwise': [['debby@school.example', '5.1.1', permanent]],
  'bounce-mdaemon': [['werkplaats@garage.example', '', permanent]],
  'bounce-communigate': [['kassa@theater.example', '5.1.1', permanent]],
  'bounce-opensmtpd-warning': [['ap@ontwerp.example', '', temporary]],
  'bounce-gateway-html-no-code': [['accounts@brewery.example', '', permanent]],
  'bounce-notes-columns': [['k.smit@notesland.example', '', permanent]],
  'bounce-recipient-called-contact': [['contact@boulangerie.example', '5.1.1', permanent]],
  'bounce-names-our-message-id-too': [['inkoop@wal.example', '', permanent]],
  'bounce-de-delayed': [['einkauf@ziegel.example', '', temporary]],
  'bounce-pl-delayed': [['zakupy@cegla.example', '', temporary]],
  'bounce-fr-no-code-no-such-address': [['achats@tuile.example', '', permanent]],
  'bounce-exchange-ja': [['kaikei@kawara.example', '5.1.1', permanent]],
  'bounce-html-cells-without-spaces': [['ap@nadir.example', '5.1.1', permanent]],
  'bounce-plain-two-classes': [
    ['a@nadir.example', '', permanent],
    ['b@nadir.example', '4.2.2', temporary],
  ],
  'bounce-status-fields-in-text': [['secretariaat@school.example', '5.1.1', permanent]],
}

test('a bounce of any server names its recipients, their status and whether they failed for good', async t => {
  for (const file of fixtures('bounce')) {
    await t.test(basename(file, '.eml'), async () => {
      const { kind, bounced } = await understand(file)

      assert.equal(kind, 'bounce')
      assert.deepEqual(
        bounced.map(each => [each.recipient, each.status, each.permanent]),
        bounces[basename(file, '.eml')],
      )
      assert.ok(bounced.every(({ reason }) => reason.length > 4))
    })
  }
})

test('an automatic answer is told from a mail, with its kind and what gave it away', async t => {
  for (const file of fixtures('auto')) {
    await t.test(basename(file, '.eml'), async () => {
      const { kind, autoReplyKind, autoReplyReason } = await understand(file)

      const kinds = { absence: 'absence', ticket: 'receipt', other: 'other' }
      const wanted = Object.entries(kinds).find(([word]) => file.startsWith(`auto-${word}`))?.[1] ?? 'report'
      assert.deepEqual([kind, autoReplyKind], ['auto_reply', wanted])
      assert.match(autoReplyReason ?? '', /\w{4}/)
    })
  }
})

test('a mail of a person, and automatic mail with business in it, stays a mail', async t => {
  for (const file of [...fixtures('mail'), ...fixtures('reply')]) {
    await t.test(basename(file, '.eml'), async () => {
      const { kind, bounced } = await understand(file)

      assert.deepEqual([kind, bounced], ['mail', []])
    })
  }
})

// Beside each reply-*.eml stands reply-*.txt: the sender's own words.
test("the sender's own words are all kept, and nothing of the history, signature or notices", async t => {
  for (const file of fixtures('reply')) {
    await t.test(basename(file, '.eml'), async () => {
      const expected = join(folder, file.replace(/eml$/, 'txt'))
      assert.ok(existsSync(expected))

      const { replyText } = await understand(file)

      assert.equal(replyText, readFileSync(expected, 'utf8').trimEnd())
    })
  }
})
