using System.Globalization;
using System.Text;

namespace WhatsSession.KilledHost;

/// <summary>A host that accepts one webhook after the other, each with a commit of its own, until its input ends.</summary>
internal static class WritingHost
{
    public static async Task RunAsync(string file)
    {
        await using var app = await WhatsSessionRuntime.StartAsync(
            o => o.Numbers.Add("support", phoneNumberId: "314159265358979", accessToken: "dev"),
            b => b.UseSqlite(file));
        var end = Task.Run(Console.ReadLine); // The console reads on the caller's thread, asynchronously or not.
        for (var i = 0; !end.IsCompleted; i++)
        {
            var answer = await app.AcceptWithoutVerificationAsync(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""
                {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"314159265358979"},
                "messages":[{"from":"15550001234","id":"wamid.{{{i}}}","timestamp":"{{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}}}","type":"text","text":{"body":"Hi"}}]}}]}]}
                """)));
            if (answer.StatusCode != 200)
            {
                throw new InvalidOperationException("A webhook was not accepted.");
            }

            if (i == 0)
            {
                Console.WriteLine("writing");
            }
        }
    }
}
