import type { CallWords } from './en.ts'

/** Telefony, których wymagają ścieżki, po polsku. */
export const callsPl: CallWords = {
  line: (debtor: string) => `Telefon · ${debtor}`,
  late: (days: number) => (days === 0 ? 'termin dziś' : days === 1 ? '1 dzień po terminie' : `${days} dni po terminie`),
  tried: (times: number) => (times === 1 ? 'Dzwoniono raz, bez odpowiedzi.' : `Dzwoniono ${times} razy, bez odpowiedzi.`),
  why: (step: string, workflow: string, version: string, since: string, days: string) =>
    `Dlaczego teraz: krok „${step}” ścieżki „${workflow}” (ustawienia ${version}) czeka od ${since}; najstarsza pozycja ma ${days} dni opóźnienia.`,
  phone: 'Telefon',
  noPhone: 'Brak numeru w księgach',
  toAsk: 'Do zapłaty',
  nothingOpen: 'Z tego telefonu nic nie jest już otwarte. Sam zniknie z listy.',
  reached: 'Rozmowa odbyta',
  noAnswer: (day: string) => `Bez odpowiedzi → ${day}`,
  skip: 'Pomiń telefon',
  note: 'Dodaj notatkę',
  outcome: 'Wynik rozmowy',
  outcomes: { promise: 'Obietnica zapłaty', dispute: 'Reklamacja', paid: 'Twierdzi, że zapłacono', reached: 'Rozmowa bez innego wyniku' },
  amount: (currency: string) => `Obiecana lub sporna kwota (${currency}), puste: całość`,
  disputeReason: 'Przy reklamacji: czego dotyczy',
  said: 'Co powiedziano',
  formHint: 'Wypełnij to, co dotyczy wyniku. To, co powiedziano, zostaje jako notatka albo przy reklamacji.',
  skipReasons: { in_contact: 'Jesteśmy już w kontakcie', no_number: 'Brak numeru telefonu', not_useful: 'Telefon nic tu nie da', other: 'Inny powód' },
  skipHint: 'Ścieżka przechodzi do następnego kroku.',
  amountOfOne: 'Kwota dotyczy jednego dłużnika: podaj faktury jednego z nich albo zostaw kwotę pustą.',
  over: 'Ten telefon już nie czeka.',
  wasDone: (debtor: string) => `Zapisano: telefon do ${debtor} wykonany. Ścieżka trwa dalej.`,
  wasMoved: (debtor: string, day: string) => `Nikt nie odebrał (${debtor}): ponownie ${day}.`,
  wasSkipped: (debtor: string) => `Pominięto: do ${debtor} nie dzwonimy. Ścieżka trwa dalej.`,
  takeBack: 'Cofnij',
  tooLate: 'Tego nie można już cofnąć: dzień minął albo ścieżka poszła dalej.',
  wasTakenBack: (debtor: string) => `Cofnięto: do ${debtor} trzeba znowu zadzwonić. To, co zapisano, zostaje.`,
}
