import { launchBeside } from './launch.js'

await launchBeside('server/diagnose.ts')
