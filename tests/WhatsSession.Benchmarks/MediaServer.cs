using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WhatsSession.Benchmarks;

/// <summary>The least that takes and gives a file of 100 MB. Runs in a process of its own and ends with its standard input.</summary>
internal static class MediaServer
{
    public const int FileLength = 100 * 1024 * 1024;

    private static readonly byte[] Zeros = new byte[64 * 1024];

    public static async Task RunAsync()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Console.WriteLine(port.ToString(CultureInfo.InvariantCulture));
        await Task.WhenAny(AcceptAsync(listener, port), Console.In.ReadToEndAsync());
    }

    private static async Task AcceptAsync(TcpListener listener, int port)
    {
        while (true)
        {
            var socket = await listener.AcceptSocketAsync();
            socket.NoDelay = true;
            _ = ServeAsync(socket, port);
        }
    }

    private static async Task ServeAsync(Socket socket, int port)
    {
        using var owned = socket;
        var buffer = new byte[64 * 1024];
        var used = 0;
        while (await socket.ReceiveAsync(buffer.AsMemory(used)) is var read and > 0)
        {
            used += read;
            var end = buffer.AsSpan(0, used).IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                continue;
            }

            var head = Encoding.ASCII.GetString(buffer, 0, end);
            var rest = LengthOf(head) - (used - end - 4);
            while (rest > 0)
            {
                rest -= await socket.ReceiveAsync(buffer);
            }

            used = 0;
            await AnswerAsync(socket, head, port);
        }
    }

    private static long LengthOf(string head)
    {
        const string Name = "Content-Length: ";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : long.Parse(head.AsSpan(at + Name.Length).ToString().Split('\r')[0], CultureInfo.InvariantCulture);
    }

    private static async Task AnswerAsync(Socket socket, string head, int port)
    {
        if (!head.StartsWith("GET /file", StringComparison.Ordinal))
        {
            var body = head.StartsWith("POST", StringComparison.Ordinal) ? """{"id":"1"}""" : $$"""{"url":"http://127.0.0.1:{{port}}/file"}""";
            await socket.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            return;
        }

        await socket.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: {FileLength}\r\n\r\n"));
        for (var sent = 0; sent < FileLength; sent += Zeros.Length)
        {
            await socket.SendAsync(Zeros);
        }
    }
}
