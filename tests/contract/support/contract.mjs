// support/contract.mjs: an answer held against the description by somebody else's validator of JSON Schema.
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** Headers that mean something to a client: an answer has none of them that is not described. */
const telling = ["etag", "link", "retry-after", "www-authenticate", "ratelimit", "ratelimit-policy", "accept-post", "access-control-allow-origin", "access-control-allow-methods"];

export class Contract {
  #ajv = new Ajv2020({ allErrors: true, strictSchema: false, strictTypes: false });
  #document;
  /** "GET /api/v1/services 200" of every answer that has been held against it. */
  seen = new Set();

  constructor(document) {
    this.#document = document;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ ...document, $id: "api:" });
  }

  /** Every operation: {method, path, operation}. */
  operations() {
    return Object.entries(this.#document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })));
  }

  resolve(value) {
    return value?.$ref ? value.$ref.slice(2).split("/").reduce((at, key) => at[key.replaceAll("~1", "/").replaceAll("~0", "~")], this.#document) : value;
  }

  /** The operation at a path without its query; what is written out wins over what stands in braces. */
  find(method, path) {
    const fits = this.operations().filter(each => each.method === method && new RegExp(`^${each.path.replace(/\{\w+\}/g, "[^/]+")}$`).test(path));
    return fits.sort((a, b) => a.path.split("{").length - b.path.split("{").length)[0];
  }

  /** What is wrong with `value`, as lines, by the schema that `pointer` leads to inside the description. */
  flaws(value, pointer) {
    const check = this.#ajv.getSchema(`api:#/${pointer}`);
    if (!check) return [`no schema at ${pointer}`];
    return check(value) ? [] : check.errors.map(error => `${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`);
  }

  /** Everything in which this answer differs from what is described. `body` is its text. */
  differences(method, path, answer, body) {
    const found = this.find(method, path);
    if (!found) return ["nothing is described at this address"];
    const status = String(answer.status), responses = found.operation.responses;
    if (!responses[status]) return [`${status} is not described: ${body.slice(0, 300)}`];
    this.seen.add(`${method} ${found.path} ${status}`);
    const response = this.resolve(responses[status]);
    return [...this.#headerFlaws(response, answer), ...this.#bodyFlaws(found, status, response, answer, body)];
  }

  #headerFlaws(response, answer) {
    const described = Object.entries(response.headers ?? {}).map(([name, header]) => [name.toLowerCase(), this.resolve(header)]);
    const names = new Set(described.map(([name]) => name));
    const flaws = telling.filter(name => answer.headers.has(name) && !names.has(name)).map(name => `the header ${name} is not described`);
    for (const [name, { required, schema }] of described) {
      const text = answer.headers.get(name);
      if (text === null && required) flaws.push(`the header ${name} is missing`);
      if (text !== null && !this.#ajv.validate(schema, schema.type === "integer" ? Number(text) : text)) flaws.push(`the header ${name} is ${text}`);
    }
    return flaws;
  }

  #bodyFlaws({ method, path }, status, response, answer, body) {
    const type = answer.headers.get("content-type")?.split(";")[0];
    if (!response.content) return body === "" ? [] : [`a body where none is described: ${body.slice(0, 100)}`];
    const media = response.content[type];
    if (!media) return [`${type} is not described`];
    const value = type.endsWith("json") ? JSON.parse(body) : body;
    const escape = text => encodeURIComponent(text.replaceAll("~", "~0").replaceAll("/", "~1"));
    const at = this.#document.paths[path][method.toLowerCase()].responses[status].$ref?.slice(2) ?? ["paths", path, method.toLowerCase(), "responses", status].map(escape).join("/");
    return this.flaws(value, `${at}/content/${escape(type)}/schema`);
  }

  /** What is wrong with a request that was taken: everything it sent is described. */
  requestFlaws(method, path, query, headers, body) {
    const { operation, path: pattern } = this.find(method, path);
    const known = (operation.parameters ?? []).map(each => this.resolve(each));
    const names = kind => new Set(known.filter(each => each.in === kind).map(each => each.name.toLowerCase()));
    const flaws = [...new URLSearchParams(query).keys()].filter(name => !names("query").has(name)).map(name => `?${name} is not described`);
    for (const name of Object.keys(headers))
      if (!["authorization", "content-type", "accept", "x-forwarded-for"].includes(name) && !names("header").has(name)) flaws.push(`the header ${name} is not described`);
    if (body === undefined) return flaws;
    const escape = text => encodeURIComponent(text.replaceAll("~", "~0").replaceAll("/", "~1"));
    const at = ["paths", pattern, method.toLowerCase(), "requestBody", "content", "application/json", "schema"].map(escape).join("/");
    return [...flaws, ...this.flaws(body, at)];
  }
}
