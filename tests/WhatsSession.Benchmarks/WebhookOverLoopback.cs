using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace WhatsSession.Benchmarks;

/// <summary>Row 13: fresh webhooks over loopback on 64 connections, each waiting for its 200 before it sends the next.</summary>
/// <param name="file">The file of the store; null to keep everything in memory.</param>
internal sealed class WebhookOverLoopback(string? file) : BudgetRow
{
    private const int Connections = 64;
    private const string MessageId = "HQsxNTU1MDAwMTIzNBUCABIYFDNBNUYxQzlFMEI3RDJBNDhDNkUxAA";

    private readonly string _now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    private readonly List<Connection> _connections = [];
    private StubProcess? _server;
    private long _messages;

    public override string Number => "13";

    public override string Name => "webhook endpoint, 64 connections, in memory";

    public override string Floor => "the same Kestrel, body read and HMAC computed";

    /// <summary>At least 0.8 times the requests a second.</summary>
    public override double TimeBudget => 1 / 0.8;

    public override int OperationsPerRound => 8 * Connections;

    public override async ValueTask<string?> PrepareAsync()
    {
        _server = await StubProcess.StartAsync(file is null ? ["webhooks"] : ["webhooks", file]);
        for (var i = 0; i < Connections; i++)
        {
            _connections.Add(await Connection.OpenAsync(_server.Address));
        }

        return null;
    }

    public override ValueTask RunAsync(int operations) => PostAsync("/whatsapp", operations);

    public override ValueTask RunFloorAsync(int operations) => PostAsync("/floor", operations);

    public override ValueTask DisposeAsync()
    {
        _connections.ForEach(connection => connection.Dispose());
        _server?.Dispose();
        return base.DisposeAsync();
    }

    private async ValueTask PostAsync(string path, int operations) =>
        await Task.WhenAll(_connections.Select(async connection =>
        {
            for (var i = 0; i < operations / Connections; i++)
            {
                await connection.PostAsync(path, NextBody());
            }
        }));

    /// <summary>A message that was never sent before, by one of many customers.</summary>
    private byte[] NextBody()
    {
        var number = Interlocked.Increment(ref _messages);
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(SampleWebhook.Body)
            .Replace("1794900000", _now, StringComparison.Ordinal)
            .Replace("40917263548812004417", string.Create(CultureInfo.InvariantCulture, $"4091726354881{number % 1000:0000000}"), StringComparison.Ordinal)
            .Replace("15550001234", string.Create(CultureInfo.InvariantCulture, $"1555000{number % 1000:0000}"), StringComparison.Ordinal)
            .Replace(MessageId, string.Create(CultureInfo.InvariantCulture, $"{number:0000000000000000000000000000000000000000000000000000}"), StringComparison.Ordinal));
    }

    private sealed class Connection(Socket socket) : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(SampleWebhook.Secret));
        private readonly byte[] _buffer = new byte[4096];

        public static async Task<Connection> OpenAsync(Uri address)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, address.Port);
            return new Connection(socket);
        }

        public async Task PostAsync(string path, byte[] body)
        {
            _hash.AppendData(body);
            var signature = Convert.ToHexStringLower(_hash.GetHashAndReset());
            var head = Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Hub-Signature-256: sha256={signature}\r\nContent-Length: {body.Length}\r\n\r\n"));
            await socket.SendAsync((byte[])[.. head, .. body]);
            var used = 0;
            while (!_buffer.AsSpan(0, used).EndsWith("\r\n\r\n"u8))
            {
                var read = await socket.ReceiveAsync(_buffer.AsMemory(used));
                used += read > 0 ? read : throw new InvalidOperationException("The server hung up.");
            }

            if (!_buffer.AsSpan(0, used).StartsWith("HTTP/1.1 200"u8))
            {
                throw new InvalidOperationException(Encoding.ASCII.GetString(_buffer, 0, used));
            }
        }

        public void Dispose()
        {
            _hash.Dispose();
            socket.Dispose();
        }
    }
}
