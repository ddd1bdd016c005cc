import { createSystemd } from '../../src/backend/systemd.ts'
import { backendContract } from '../backend/contract.ts'

backendContract('system', () => createSystemd('system'))
