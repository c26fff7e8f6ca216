/** Writes copies of parts of images away from the page. */
import { serve } from "../base/worker-serve.ts";
import { type CropAnswer, CropHost, type CropRequest } from "./crop-host.ts";

const host = new CropHost();
serve<CropRequest, CropAnswer>(async (request) => ({ value: await host.answer(request) }));
