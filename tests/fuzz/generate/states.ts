/** States that carry a switch, a function or a tensor to where it is used. */
import type { Carrier, Load } from '../carriers/carrier.ts';
import { takenToStay, unfollowed } from '../carriers/gaps.ts';
import { carrierKinds, parameters } from '../carriers/index.ts';
import type { Expr, Hold, Shape } from '../syntax.ts';
import type { Expressions } from './expressions.ts';
import { Room } from './room.ts';

/** Where a state stands. */
type Place = 'at the top' | 'where it can wait' | 'inside';

type Values = readonly [first: Expr, second: Expr];

const loads: readonly (readonly [weight: number, load: Load])[] = [[4, 'boolean'], [3, 'number'], [4, 'function'], [3, 'tensor']];

export class States {
  constructor(readonly make: Expressions) {}

  one(room: Room, place: Place): Hold {
    const { random } = this.make;
    const fits = ({ top, awaits }: Carrier): boolean => (place === 'at the top' || top !== true) && (place !== 'inside' || awaits !== true);
    const kinds = carrierKinds.map((kind) => Object.entries(kind).filter(([way, carrier]) => fits(carrier) && !takenToStay.has(way)));
    const any = (): readonly [string, Carrier] => random.pick(random.pick(kinds.filter((kind) => kind.length > 0)));
    const once = any();
    // With a state that is not followed, nothing is expected of the whole program.
    const [way, carrier] = unfollowed.has(once[0]) && random.chance(0.7) ? any() : once;
    const stands = place === 'at the top' && random.chance(0.25) ? random.pick(['apart', 'behind a barrel'] as const) : 'here';
    return this.#holding(room, way, carrier, stands);
  }

  /** Of a function that others call. */
  parameter(room: Room): Hold {
    const [way, carrier] = this.make.random.pick(Object.entries(parameters));
    return this.#holding(room, way, carrier, 'here');
  }

  #holding(room: Room, way: string, carrier: Carrier, stands: Hold['stands']): Hold {
    const { random } = this.make;
    // Others know nothing of the program's tensors.
    const closed = stands !== 'here' || carrier.outside !== undefined || carrier.parameter !== undefined;
    const load = random.weighted(loads.filter(([, each]) => (carrier.loads?.includes(each) ?? true) && !(closed && each === 'tensor')));
    const name = this.make.fresh('mode');
    const [first, second] = this.#values(room, { name, way, load }, closed ? new Room(undefined) : room);
    return { k: 'hold', name, way, load, first, second, stands };
  }

  /** Both values, of which one ends the gradient; what they make of the state is added to the room. */
  #values(room: Room, { name, way, load }: Pick<Hold, 'name' | 'way' | 'load'>, seen: Room): Values {
    const { random } = this.make;
    const held = (): Extract<Expr, { k: 'held' }> => ({ k: 'held', name, way, load });
    if (load === 'boolean' || load === 'number') {
      room.switches.push({ expr: held, root: name });
      return this.#shuffled([true, false].map((on): Expr => ({ k: 'switch', on, load })));
    }
    const shape = load === 'function' && random.chance(0.7) && room.tensors.length > 0 ? random.pick(room.tensors).shape : this.make.shape();
    if (load === 'function') {
      room.callables.push({ callee: held, root: name, params: [{ shape }], result: shape, weight: 5 });
      return this.#shuffled([this.#function(shape, seen, 'flows'), this.#function(shape, seen, 'ends')]);
    }
    const ended = this.make.cut(this.make.tensor(seen, 1));
    room.add({ expr: held, shape: ended.shape, root: name, weight: 14 });
    return this.#shuffled([ended.expr, this.make.adapt(this.make.tensor(seen, 1), ended.shape).expr]);
  }

  #shuffled([one, other]: readonly Expr[]): Values {
    return this.make.random.chance(0.5) ? [one!, other!] : [other!, one!];
  }

  #function(shape: Shape, seen: Room, gradient: 'flows' | 'ends'): Expr {
    const { random } = this.make;
    const t = this.make.fresh('t');
    const input: Expr = { k: 'name', name: t };
    const inner = new Room(seen, new Set(), true);
    const ends = (): Expr => ({ k: 'cut', cut: random.pick(['read', 'read', 'stop', 'flat', 'zero factor']), of: input, style: random.below(60) });
    const flows = (): Expr => (inner.tensors.length > 0 && random.chance(0.4) ? this.make.op('add', [input, this.make.adapt(this.make.leaf(inner), shape).expr]) : this.make.op(random.pick(['tanh', 'sin', 'square']), [input]));
    return { k: 'function', params: [{ name: t, type: 'tf.Tensor' }], body: { body: [], result: gradient === 'ends' ? ends() : flows() }, style: random.chance(0.85) ? 'arrow' : 'expression' };
  }
}
