import type { SuspicionWords } from './en.ts'

const hiding = {
  not_displayed: 'er wird nicht angezeigt',
  too_small: 'er ist zu klein, um gesehen zu werden',
  off_the_page: 'er steht außerhalb der Seite',
  colorless: 'er hat keine eigene Farbe',
}

/** Why a mail is not to be trusted, in German. */
export const suspicionDe: SuspicionWords = {
  ignore_instructions: 'Die E-Mail fordert den Leser auf, Anweisungen zu ignorieren.',
  speaks_to_machine: 'Die E-Mail spricht eine KI, einen Assistenten oder ein System an.',
  machine_conversation: 'Die E-Mail gibt vor, Teil eines Gesprächs mit einer Maschine zu sein.',
  names_tools: 'Die E-Mail nennt Funktionen, Aktionen oder Einstellungen eines Programms.',
  acts_alone: 'Die E-Mail befiehlt einem Programm, selbst zu handeln.',
  asks_to_decode: 'Die E-Mail fordert ein Programm auf, etwas zu entschlüsseln.',
  letters_apart: 'Die E-Mail versteckt Anweisungen in einzeln gesetzten Buchstaben.',
  encoded: 'Die E-Mail enthält kodierten Text.',
  model_reports: 'Das Sprachmodell meldet, dass die E-Mail ein Programm anzuweisen versucht.',
  disguised: 'Die Wörter sind verschleiert.',
  new_details: 'Die E-Mail spricht von neuen oder geänderten Bankdaten. Rufen Sie eine bekannte Nummer an, bevor sich etwas ändert.',
  asks_to_confirm: 'Die E-Mail bittet, Bankdaten zu bestätigen. Sie werden nie per E-Mail bestätigt.',
  claim_handed_on: 'Die E-Mail sagt, eine Forderung gehöre jetzt jemand anderem, an den zu zahlen sei. Rufen Sie eine bekannte Nummer an.',
  where_to_pay: 'Die E-Mail sagt, auf welches Konto zu zahlen ist. Vergleichen Sie es zuerst mit dem bekannten.',
  other_account: 'Die E-Mail sagt, ein anderes Konto sei zu verwenden, oder eines, das nicht darin steht. Rufen Sie zuerst eine bekannte Nummer an.',
  presses: 'Die E-Mail drängt auf eine Überweisung, heimlich und ohne Anruf. Rufen Sie zuerst eine bekannte Nummer an.',
  other_country: ({ now, before }) =>
    `Die E-Mail nennt ein Konto in ${now}; dieser Debitor zahlt bisher aus ${before.join(', ')}. Rufen Sie eine bekannte Nummer an.`,
  imitates: ({ domain, known }) => `Die Domain ${domain} des Absenders sieht aus wie die bekannte ${known}, ist aber eine andere.`,
  name_shows: ({ named, domain }) => `Der Name des Absenders zeigt ${named}, die Adresse gehört aber zu ${domain}.`,
  answers_elsewhere: ({ elsewhere, domain }) =>
    `Antworten gingen an ${elsewhere ?? 'eine andere Adresse bei einem öffentlichen Anbieter'}, nicht an ${domain} des Absenders.`,
  hides_text: ({ how }) => `Die E-Mail verbirgt Text vor dem Leser (${hiding[how]}).`,
  invisible_letters: 'Die E-Mail enthält Buchstaben, die man nicht sehen kann.',
  not_from_domain: 'Die Domain des Absenders sagt, dass diese E-Mail nicht von ihr stammt (SPF, DKIM oder DMARC fehlgeschlagen).',
  said: ({ text }) => text,
}
