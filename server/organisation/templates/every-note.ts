import {
  choice,
  flag,
  goals,
  mandatory,
  onceTicked,
  rows,
  text,
  ticks,
  time,
  underPermit,
  withHelp
} from './fields.ts'

/** Facts, views and judgement stand in fields of their own: a reader must see which is which. */

export const present = ticks('present', ['Paikalla', 'Närvarande', 'Present'], {
  child: ['Lapsi tai lapset', 'Barnet eller barnen', 'Child or children'],
  mother: ['Äiti', 'Mamma', 'Mother'],
  father: ['Isä', 'Pappa', 'Father'],
  'other-guardian': ['Muu huoltaja', 'Annan vårdnadshavare', 'Another guardian'],
  relative: ['Muu läheinen', 'Annan närstående', 'Another relative or friend'],
  authority: ['Viranomainen', 'Myndighet', 'An authority']
})

export const place = choice('place', ['Missä', 'Var', 'Where'], {
  home: ['Kotona', 'Hemma', 'At home'],
  elsewhere: ['Muualla', 'Annanstans', 'Elsewhere'],
  video: ['Videoyhteydellä', 'Över video', 'By video'],
  phone: ['Puhelimessa', 'Per telefon', 'By phone']
})

export const goalsTouched = goals(
  'goals',
  ['Suunnitelman tavoitteet', 'Planens mål', 'Goals of the plan'],
  {
    'stepped-back': ['Otettu takapakkia', 'Gått bakåt', 'Stepped back'],
    unchanged: ['Ennallaan', 'Oförändrat', 'Unchanged'],
    'some-progress': ['Edennyt vähän', 'Framskridit lite', 'Some progress'],
    'good-progress': ['Edennyt hyvin', 'Framskridit bra', 'Good progress'],
    reached: ['Saavutettu', 'Uppnått', 'Reached']
  }
)

const medicine = underPermit(
  flag('medicine', ['Annettiin lääkettä', 'Läkemedel gavs', 'Medicine was given']),
  'medication-permit'
)

const transport = underPermit(
  flag('transport', [
    'Kuljetettiin asiakasta tai lasta',
    'Klienten eller ett barn skjutsades',
    'The client or a child was driven'
  ]),
  'transport-permit'
)

/** §12: what only a permit allows, which is kept at the office and scanned. */
export const underPermits = [
  medicine,
  underPermit(
    onceTicked(
      medicine,
      rows('medicines', ['Annetut lääkkeet', 'Givna läkemedel', 'Medicines given'], {
        at: { words: ['Kello', 'Klockan', 'Time'], as: 'time' },
        what: { words: ['Lääke', 'Läkemedel', 'Medicine'] },
        dose: { words: ['Annos', 'Dos', 'Dose'] }
      })
    ),
    'medication-permit'
  ),
  transport,
  underPermit(
    onceTicked(
      transport,
      rows('journeys', ['Matkat', 'Resor', 'Journeys'], {
        at: { words: ['Kello', 'Klockan', 'Time'], as: 'time' },
        route: { words: ['Mistä mihin', 'Varifrån och vart', 'From where to where'] }
      })
    ),
    'transport-permit'
  )
]

export const done = mandatory(text('done', ['Toteutus', 'Genomförande', 'What was done']))

export const observations = text('observations', ['Havainnot', 'Iakttagelser', 'Observations'])

export const clientView = text('client-view', [
  'Asiakkaan näkemys',
  'Klientens syn',
  "The client's view"
])

export const childView = text('child-view', ['Lapsen näkemys', 'Barnets syn', "The child's view"])

export const assessment = text('assessment', [
  'Työntekijän arvio',
  'Arbetstagarens bedömning',
  "The worker's assessment"
])

export const agreed = text('agreed', [
  'Sovittu jatkosta',
  'Överenskommet om fortsättningen',
  'What was agreed'
])

const concern = {
  ...flag('concern', ['Huoli tai poikkeama', 'Oro eller avvikelse', 'Concern or deviation']),
  alert: true
}

const childWelfareNotification = flag('child-welfare-notification', [
  'Lastensuojeluilmoitus tehty',
  'Barnskyddsanmälan gjord',
  'Child welfare notification made'
])

const notifiedAt = withHelp(
  onceTicked(
    childWelfareNotification,
    time('child-welfare-notification-at', [
      'Milloin ilmoitus tehtiin',
      'När anmälan gjordes',
      'When the notification was made'
    ])
  ),
  [
    'Kellonaika. Kirjoita myös päivä, jos se oli muu kuin käynnin päivä.',
    'Klockslag. Skriv också dagen om den var en annan än besökets.',
    'The time. Write the day too, if it was not the day of the visit.'
  ]
)

/** How every note ends, in this order. */
export const closing = [
  observations,
  clientView,
  childView,
  assessment,
  agreed,
  concern,
  childWelfareNotification,
  notifiedAt
]
