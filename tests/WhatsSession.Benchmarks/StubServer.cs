using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WhatsSession.Benchmarks;

/// <summary>The least that answers as Meta does: every POST gets the body of a success, on a connection that stays open. Runs in a process of its own and ends with its standard input.</summary>
internal static class StubServer
{
    private const string Body =
        """{"messaging_product":"whatsapp","contacts":[{"input":"15550001234","wa_id":"15550001234"}],"messages":[{"id":"wamid.HBgLMTU1NTAwMDEyMzQVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA"}]}""";

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\nDate: Mon, 23 Nov 2026 09:00:00 GMT\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");

    public static async Task RunAsync()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));
        var accepting = AcceptAsync(listener);
        await Task.WhenAny(accepting, Console.In.ReadToEndAsync());
    }

    private static async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            var socket = await listener.AcceptSocketAsync();
            socket.NoDelay = true;
            _ = ServeAsync(socket);
        }
    }

    private static async Task ServeAsync(Socket socket)
    {
        using var owned = socket;
        var buffer = new byte[64 * 1024];
        var used = 0;
        while (await socket.ReceiveAsync(buffer.AsMemory(used)) is var read and > 0)
        {
            used += read;
            if (IsWhole(buffer.AsSpan(0, used)))
            {
                used = 0;
                await socket.SendAsync(Answer);
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> request)
    {
        var end = request.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var name = "Content-Length: "u8;
        var digits = request[(request.IndexOf(name) + name.Length)..];
        var length = int.Parse(digits[..digits.IndexOf((byte)'\r')], NumberStyles.None, CultureInfo.InvariantCulture);
        return request.Length == end + 4 + length;
    }
}
