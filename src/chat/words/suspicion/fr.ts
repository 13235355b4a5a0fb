import type { SuspicionWords } from './en.ts'

const hiding = {
  not_displayed: 'il n’est pas affiché',
  too_small: 'il est trop petit pour être vu',
  off_the_page: 'il est placé hors de la page',
  colorless: 'il n’a pas de couleur propre',
}

/** Why a mail is not to be trusted, in French. */
export const suspicionFr: SuspicionWords = {
  ignore_instructions: 'L’e-mail demande au lecteur d’ignorer des instructions.',
  speaks_to_machine: 'L’e-mail s’adresse à une IA, à un assistant ou à un système.',
  machine_conversation: 'L’e-mail se fait passer pour une partie d’une conversation avec une machine.',
  names_tools: 'L’e-mail nomme des outils, des actions ou des réglages d’un programme.',
  acts_alone: 'L’e-mail ordonne à un programme d’agir de lui-même.',
  asks_to_decode: 'L’e-mail demande à un programme de décoder quelque chose.',
  letters_apart: 'L’e-mail cache des instructions dans des lettres espacées.',
  encoded: 'L’e-mail contient du texte encodé.',
  model_reports: 'Le modèle de langage signale que l’e-mail cherche à donner des ordres à un programme.',
  disguised: 'Les mots sont déguisés.',
  new_details: 'L’e-mail parle de coordonnées bancaires nouvelles ou modifiées. Appelez un numéro connu avant tout changement.',
  asks_to_confirm: 'L’e-mail demande de confirmer des coordonnées bancaires. Elles ne sont jamais confirmées par e-mail.',
  claim_handed_on: 'L’e-mail dit qu’une créance appartient désormais à quelqu’un d’autre, qu’il faudrait payer. Appelez un numéro connu.',
  where_to_pay: 'L’e-mail dit sur quel compte payer. Comparez-le d’abord avec le compte connu.',
  other_account: 'L’e-mail dit d’utiliser un autre compte, ou un compte qui n’y figure pas. Appelez d’abord un numéro connu.',
  presses: 'L’e-mail réclame un virement pressant, en secret et sans appel. Appelez d’abord un numéro connu.',
  other_country: ({ now, before }) =>
    `L’e-mail indique un compte dans le pays ${now} ; ce débiteur paie habituellement depuis ${before.join(', ')}. Appelez un numéro connu.`,
  imitates: ({ domain, known }) => `Le domaine ${domain} de l’expéditeur ressemble à ${known}, qui est connu, mais c’en est un autre.`,
  name_shows: ({ named, domain }) => `Le nom de l’expéditeur affiche ${named}, mais l’adresse est chez ${domain}.`,
  answers_elsewhere: ({ elsewhere, domain }) =>
    `Les réponses iraient à ${elsewhere ?? 'une autre adresse chez un fournisseur public'}, et non à ${domain}, le domaine de l’expéditeur.`,
  hides_text: ({ how }) => `L’e-mail cache du texte à son lecteur (${hiding[how]}).`,
  invisible_letters: 'L’e-mail contient des lettres que l’on ne peut pas voir.',
  not_from_domain: 'Le domaine de l’expéditeur indique que cet e-mail ne vient pas de lui (échec SPF, DKIM ou DMARC).',
  said: ({ text }) => text,
}
