using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WhatsSession.Tests;

/// <summary>A server on loopback that treats its one connection as told.</summary>
internal sealed class TcpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public TcpServer(Func<NetworkStream, Task> serve)
    {
        _listener.Start();
        _serving = ServeAsync(serve);
    }

    public int Connections { get; private set; }

    public Uri Http => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public Uri Https => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Reads a request with its body.</summary>
    public static async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var read = await stream.ReadAsync(buffer);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    public static Task WriteAsync(NetworkStream stream, string response) => stream.WriteAsync(Encoding.UTF8.GetBytes(response)).AsTask();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var line = request.Split("\r\n").First(header => header.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
        return Encoding.UTF8.GetByteCount(request) - end - 4 >= int.Parse(line["Content-Length: ".Length..]);
    }

    private async Task ServeAsync(Func<NetworkStream, Task> serve)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        Connections++;
        var stream = client.GetStream();
        await serve(stream);
    }
}
