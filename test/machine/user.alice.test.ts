// The user's own manager.
import { createSystemd } from '../../src/backend/systemd.ts'
import { backendContract } from '../backend/contract.ts'

backendContract('user', () => createSystemd('user'))
