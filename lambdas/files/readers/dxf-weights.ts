import dxfParser, { type ISplineEntity } from 'dxf-parser';

// The package's types describe its ES module, Node loads the other one, whose default is the class itself.
const DxfParser = dxfParser as unknown as typeof dxfParser.default;

type HandlerType = Parameters<InstanceType<typeof DxfParser>['registerEntityHandler']>[0];
type Scanner = Parameters<InstanceType<HandlerType>['parseEntity']>[0];

/** A spline with the weights of its control points, if the file states any. */
export type WeightedSpline = ISplineEntity & { weights?: number[] };

/** Weight of a control point (Autodesk DXF reference, SPLINE). */
const weightCode = 41;

/** The package's parser, which passes over the weights of splines: here they are kept. */
export class WeightReader extends DxfParser {
  override registerEntityHandler(Handler: HandlerType): void {
    super.registerEntityHandler(new Handler().ForEntityName === 'SPLINE' ? withWeights(Handler) : Handler);
  }
}

const withWeights = (Handler: HandlerType): HandlerType =>
  class extends Handler {
    override parseEntity(...[scanner, group]: Parameters<InstanceType<HandlerType>['parseEntity']>) {
      const weights = weightsAhead(scanner);
      return { ...super.parseEntity(scanner, group), ...(weights.length > 0 && { weights }) };
    }
  };

/** Reads on to the next entity and goes back. */
function weightsAhead(scanner: Scanner): number[] {
  const weights: number[] = [];
  let groups = 0;
  for (; scanner.peek().code !== 0; groups++) {
    const { code, value } = scanner.next();
    if (code === weightCode) weights.push(Number(value));
  }
  scanner.rewind(groups);
  return weights;
}
