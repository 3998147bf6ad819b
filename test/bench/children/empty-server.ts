import { createServer } from 'node:http';

// Answers every request with an empty object as soon as its body is there: what HTTP and the client alone cost.
const server = createServer({ keepAliveTimeout: 300_000, noDelay: true }, (request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 2 });
    response.end('{}');
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as { port: number }).port}\n`));
