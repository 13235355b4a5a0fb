import type { SuspicionWords } from './en.ts'

const hiding = {
  not_displayed: 'nie jest wyświetlany',
  too_small: 'jest zbyt mały, by go zobaczyć',
  off_the_page: 'stoi poza stroną',
  colorless: 'nie ma własnego koloru',
}

/** Why a mail is not to be trusted, in Polish. */
export const suspicionPl: SuspicionWords = {
  ignore_instructions: 'Wiadomość każe czytelnikowi ignorować instrukcje.',
  speaks_to_machine: 'Wiadomość zwraca się do AI, asystenta lub systemu.',
  machine_conversation: 'Wiadomość udaje część rozmowy z maszyną.',
  names_tools: 'Wiadomość wymienia narzędzia, działania lub ustawienia programu.',
  acts_alone: 'Wiadomość nakazuje programowi działać samodzielnie.',
  asks_to_decode: 'Wiadomość prosi program o odkodowanie czegoś.',
  letters_apart: 'Wiadomość ukrywa instrukcje w rozstrzelonych literach.',
  encoded: 'Wiadomość zawiera zakodowany tekst.',
  model_reports: 'Model językowy zgłasza, że wiadomość próbuje wydawać polecenia programowi.',
  disguised: 'Słowa są zamaskowane.',
  new_details: 'Wiadomość mówi o nowych lub zmienionych danych bankowych. Zadzwoń pod znany numer, zanim cokolwiek się zmieni.',
  asks_to_confirm: 'Wiadomość prosi o potwierdzenie danych bankowych. Nigdy nie potwierdzamy ich e-mailem.',
  claim_handed_on: 'Wiadomość mówi, że wierzytelność należy teraz do kogoś innego, komu trzeba zapłacić. Zadzwoń pod znany numer.',
  where_to_pay: 'Wiadomość podaje konto, na które należy zapłacić. Najpierw porównaj je ze znanym.',
  other_account: 'Wiadomość każe użyć innego konta albo takiego, którego w niej nie ma. Najpierw zadzwoń pod znany numer.',
  presses: 'Wiadomość nalega na przelew, w tajemnicy i bez telefonu. Najpierw zadzwoń pod znany numer.',
  other_country: ({ now, before }) => `Wiadomość podaje konto w kraju ${now}; ten dłużnik płacił dotąd z: ${before.join(', ')}. Zadzwoń pod znany numer.`,
  imitates: ({ domain, known }) => `Domena nadawcy ${domain} przypomina znaną ${known}, ale jest inna.`,
  name_shows: ({ named, domain }) => `Nazwa nadawcy pokazuje ${named}, ale adres jest w domenie ${domain}.`,
  answers_elsewhere: ({ elsewhere, domain }) =>
    `Odpowiedzi trafiłyby na ${elsewhere ?? 'inny adres u publicznego dostawcy'}, a nie do domeny nadawcy ${domain}.`,
  hides_text: ({ how }) => `Wiadomość ukrywa tekst przed czytelnikiem (${hiding[how]}).`,
  invisible_letters: 'Wiadomość zawiera litery, których nie widać.',
  not_from_domain: 'Domena nadawcy mówi, że ta wiadomość nie pochodzi od niej (błąd SPF, DKIM lub DMARC).',
  said: ({ text }) => text,
}
