/** Programs for the GPU, each made once: luma.gl takes the same buffers in another order for another program. */
import type { Device } from "@luma.gl/core";
import { PipelineFactory } from "@luma.gl/engine";

/**
 * To be called before anything is drawn with the device. A model lists its buffers in one order when it is made and in
 * another when it is drawn, and making a program, which WebGL does alike for both, keeps a hand waiting.
 */
export function linkOnce(device: Device): void {
  const factory = PipelineFactory.getDefaultPipelineFactory(device);
  const create = factory.createRenderPipeline.bind(factory);
  factory.createRenderPipeline = ({ bufferLayout = [], ...props }) =>
    create({
      ...props,
      bufferLayout: bufferLayout.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    });
}
