using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WhatsSession.Benchmarks;

/// <summary>A connection to a server on loopback that stays open: one request at a time, bytes in and bytes out.</summary>
internal sealed class KeptConnection(Socket socket) : IDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];

    public static async Task<KeptConnection> OpenAsync(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        return new KeptConnection(socket);
    }

    /// <summary>Writes a whole request and reads the answer, which must be a 200 with a length.</summary>
    /// <returns>The body, good until the next request.</returns>
    public async Task<ReadOnlyMemory<byte>> AskAsync(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request);
        var used = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(_buffer.AsMemory(used));
            used += read > 0 ? read : throw new InvalidOperationException("The server hung up.");
            if (BodyOf(_buffer.AsSpan(0, used)) is { } body && used == body.End.Value)
            {
                return _buffer.AsMemory(body);
            }
        }
    }

    public void Dispose() => socket.Dispose();

    /// <returns>Null while the head is not complete.</returns>
    private static Range? BodyOf(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        if (!answer.StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException(Encoding.ASCII.GetString(answer));
        }

        var name = "Content-Length: "u8;
        var digits = answer[(answer.IndexOf(name) + name.Length)..];
        return (end + 4)..(end + 4 + int.Parse(digits[..digits.IndexOf((byte)'\r')], NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
