import type { Template } from '#contract/template.ts'
import { closing, done, goalsTouched, place, present, underPermits } from './every-note.ts'
import { mandatory, text, ticks, titleOf } from './fields.ts'

export const homeService: Template = {
  id: 'home-service',
  version: 1,
  title: titleOf([
    'Lapsiperheiden kotipalvelu',
    'Hemservice för barnfamiljer',
    'Home service for families'
  ]),
  fields: [
    mandatory(
      ticks('tasks', ['Mitä tehtiin', 'Vad som gjordes', 'Tasks'], {
        childcare: ['Lastenhoito', 'Barnskötsel', 'Childcare'],
        meals: ['Ruoanlaitto ja ruokailu', 'Matlagning och måltider', 'Cooking and meals'],
        laundry: ['Pyykki- ja vaatehuolto', 'Tvätt och klädvård', 'Laundry'],
        routines: ['Arjen rutiinit', 'Vardagsrutiner', 'Daily routines'],
        errands: ['Asiointi', 'Ärenden', 'Errands'],
        outdoors: ['Ulkoilu', 'Utevistelse', 'Time outdoors'],
        guidance: ['Ohjaus ja neuvonta', 'Handledning och råd', 'Guidance'],
        'parent-rest': ['Vanhemman lepo', 'Förälderns vila', "The parent's rest"]
      })
    ),
    present,
    place,
    ...underPermits,
    goalsTouched,
    done,
    text('child-day', ['Lapsen päivä', 'Barnets dag', "The child's day"]),
    text('handover', [
      'Kerrottu vanhemmalle',
      'Berättat för föräldern',
      'Handed over to the parent'
    ]),
    ...closing
  ]
}
