import { faults } from './faults.ts';
import { proveFaults } from './prove.ts';

proveFaults(faults.order, () => import('../integration/lifecycle-order.test.ts'));
