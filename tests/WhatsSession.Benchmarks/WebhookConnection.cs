using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace WhatsSession.Benchmarks;

/// <summary>A connection on which webhooks are posted, signed, each after the answer to the one before.</summary>
internal sealed class WebhookConnection(Socket socket) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(SampleWebhook.Secret));
    private readonly byte[] _buffer = new byte[4096];

    public static async Task<WebhookConnection> OpenAsync(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        return new WebhookConnection(socket);
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
