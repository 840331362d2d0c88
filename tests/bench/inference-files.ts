/** Code around models that somebody else has trained: it loads them, prepares what they are given, and draws what they say. No gradient scope is in it. */

/** What a file is called, and its text; the modules that files share have no number. */
type Template = (n: number) => readonly [name: string, text: string];

const classifier: Template = (n) => [`classifier-${n}.ts`, `import * as tf from '@tensorflow/tfjs';
import { labels } from './labels';

export interface Guess { readonly label: string; readonly probability: number }

const size = ${n % 2 === 0 ? 224 : 160};

export class Classifier${n} {
  #model: tf.LayersModel | undefined;

  constructor(private readonly url: string, private readonly alpha = 1 / ${n + 2}) {}

  async load(): Promise<void> {
    this.#model = await tf.loadLayersModel(this.url);
    const warm = tf.tidy(() => this.#model!.predict(tf.zeros([1, size, size, 3])) as tf.Tensor);
    await warm.data();
    warm.dispose();
  }

  async classify(image: HTMLImageElement | HTMLVideoElement, count = 3): Promise<Guess[]> {
    const model = this.#model;
    if (model === undefined) throw new Error('load() first');
    const scores = tf.tidy(() => {
      const pixels = tf.browser.fromPixels(image);
      const side = Math.min(pixels.shape[0], pixels.shape[1]);
      const [top, left] = [Math.floor((pixels.shape[0] - side) / 2), Math.floor((pixels.shape[1] - side) / 2)];
      const square = pixels.slice([top, left, 0], [side, side, 3]);
      const small = tf.image.resizeBilinear(square, [size, size]);
      const normalised = small.toFloat().div(127.5).sub(1);
      return tf.softmax((model.predict(normalised.expandDims(0)) as tf.Tensor2D).squeeze([0]).mul(this.alpha));
    });
    const { values, indices } = tf.topk(scores, count);
    const [probabilities, places] = await Promise.all([values.data(), indices.data()]);
    tf.dispose([scores, values, indices]);
    return Array.from(places, (place, at) => ({ label: labels[place] ?? 'unknown', probability: probabilities[at] ?? 0 }));
  }
}
`];

const detector: Template = (n) => [`detector-${n}.js`, `import * as tf from '@tensorflow/tfjs';
import { drawBox } from './draw.js';

const [rows, columns, anchors] = [13, 13, ${3 + (n % 3)}];

function decode(output, count) {
  return tf.tidy(() => {
    const grid = output.reshape([rows, columns, anchors, 5 + count]);
    const [xy, wh, confidence, classes] = tf.split(grid, [2, 2, 1, count], 3);
    const centres = xy.sigmoid().div(tf.tensor1d([columns, rows]));
    const half = wh.exp().div(2);
    const boxes = tf.concat([centres.sub(half), centres.add(half)], 3).reshape([-1, 4]);
    const scores = confidence.sigmoid().mul(tf.softmax(classes)).reshape([-1, count]);
    return [boxes, scores.max(1), scores.argMax(1)];
  });
}

export async function detect${n}(model, video, canvas, count = 80) {
  const context = canvas.getContext('2d');
  const output = tf.tidy(() => {
    const frame = tf.browser.fromPixels(video).toFloat().div(255);
    const resized = tf.image.resizeBilinear(frame, [416, 416]);
    return model.predict(resized.expandDims());
  });
  const [boxes, scores, classes] = decode(output, count);
  const kept = await tf.image.nonMaxSuppressionAsync(boxes, scores, 20, 0.5, 0.${n % 9}5);
  const found = tf.tidy(() => [tf.gather(boxes, kept).arraySync(), tf.gather(scores, kept).dataSync(), tf.gather(classes, kept).dataSync()]);
  tf.dispose([output, boxes, scores, classes, kept]);
  context.clearRect(0, 0, canvas.width, canvas.height);
  found[0].forEach((box, at) => drawBox(context, box, found[1][at], found[2][at]));
  return found[0].length;
}
`];

const segmentation: Template = (n) => [`segmentation-${n}.ts`, `import * as tf from '@tensorflow/tfjs';

type Colour = readonly [red: number, green: number, blue: number];

const palette: readonly Colour[] = [[0, 0, 0], [128, ${n % 255}, 0], [0, 128, 0], [128, 128, 0], [0, 0, 128]];

export async function segment${n}(model: tf.GraphModel, canvas: HTMLCanvasElement): Promise<ImageData> {
  const [height, width] = [canvas.height, canvas.width];
  const mask = tf.tidy(() => {
    const image = tf.browser.fromPixels(canvas);
    const input = tf.image.resizeBilinear(image, [257, 257]).toFloat().div(127.5).sub(1).expandDims(0);
    const logits = model.predict(input) as tf.Tensor4D;
    const enlarged = tf.image.resizeBilinear(logits, [height, width]);
    return enlarged.argMax(3).squeeze([0]) as tf.Tensor2D;
  });
  const classes = await mask.data();
  mask.dispose();
  const pixels = new Uint8ClampedArray(width * height * 4);
  classes.forEach((which, at) => {
    const [red, green, blue] = palette[which % palette.length]!;
    pixels.set([red, green, blue, which === 0 ? 0 : 160], at * 4);
  });
  return new ImageData(pixels, width, height);
}

export function overlap(a: tf.Tensor2D, b: tf.Tensor2D): number {
  return tf.tidy(() => {
    const both = tf.logicalAnd(a.toBool(), b.toBool()).sum();
    const either = tf.logicalOr(a.toBool(), b.toBool()).sum();
    return both.div(either.maximum(1)).dataSync()[0]!;
  });
}
`];

const text: Template = (n) => [`sentiment-${n}.js`, `import * as tf from '@tensorflow/tfjs';

const length = ${50 + n};
const padding = 0;

export class Sentiment${n} {
  constructor(model, vocabulary) {
    this.model = model;
    this.words = new Map(vocabulary.map((word, index) => [word, index + 1]));
  }

  static async load(url) {
    const [model, response] = await Promise.all([tf.loadLayersModel(url + '/model.json'), fetch(url + '/vocabulary.json')]);
    return new Sentiment${n}(model, await response.json());
  }

  encode(sentence) {
    const ids = sentence.toLowerCase().split(/\\W+/).map((word) => this.words.get(word) ?? 1).slice(0, length);
    while (ids.length < length) ids.push(padding);
    return ids;
  }

  score(sentences) {
    return tf.tidy(() => {
      const input = tf.tensor2d(sentences.map((sentence) => this.encode(sentence)), [sentences.length, length]);
      const scores = this.model.predict(input).squeeze();
      return Array.from(scores.dataSync());
    });
  }

  similar(a, b) {
    return tf.tidy(() => {
      const [left, right] = [a, b].map((vector) => tf.tensor1d(vector));
      return left.dot(right).div(left.norm().mul(right.norm())).dataSync()[0];
    });
  }
}
`];

const chart: Template = (n) => [`chart-${n}.ts`, `import * as tf from '@tensorflow/tfjs';

export interface Series${n} { readonly name: string; readonly values: readonly number[] }

export function smooth(values: readonly number[], width = ${3 + (n % 5)}): number[] {
  return tf.tidy(() => {
    const line = tf.tensor1d([...values]).reshape([1, values.length, 1]) as tf.Tensor3D;
    const kernel = tf.fill([width, 1, 1], 1 / width) as tf.Tensor3D;
    return Array.from(tf.conv1d(line, kernel, 1, 'same').dataSync());
  });
}

export function correlations(series: readonly Series${n}[]): number[][] {
  return tf.tidy(() => {
    const rows = tf.tensor2d(series.map(({ values }) => [...values]));
    const { mean, variance } = tf.moments(rows, 1, true);
    const standard = rows.sub(mean).div(variance.sqrt().add(1e-6));
    return standard.matMul(standard, false, true).div(rows.shape[1]).arraySync() as number[][];
  });
}

export function draw(context: CanvasRenderingContext2D, { values }: Series${n}): void {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  context.beginPath();
  smooth(values).forEach((value, at) => {
    const [x, y] = [at * context.canvas.width / values.length, (1 - (value - low) / (high - low)) * context.canvas.height];
    if (at === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
  context.stroke();
}
`];

const templates: readonly Template[] = [classifier, detector, segmentation, text, chart];

const shared: Readonly<Record<string, string>> = {
  'labels.ts': `export const labels: readonly string[] = ['cat', 'dog', 'bird', 'boat', 'house'];\n`,
  'draw.js': `export function drawBox(context, [left, top, right, bottom], score, label) {
  context.strokeRect(left, top, right - left, bottom - top);
  context.fillText(String(label) + ' ' + score.toFixed(2), left, top);
}
`,
};

export function inferenceFiles(count: number): Readonly<Record<string, string>> {
  return { ...Object.fromEntries(Array.from({ length: count }, (_, n) => templates[n % templates.length]!(n))), ...shared };
}
